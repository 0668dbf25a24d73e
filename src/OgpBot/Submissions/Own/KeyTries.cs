using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Submissions.Own;

/// <summary>
/// How often a wrong key was given for a folio in an hour, whoever gave it and whether the folio exists or not: who begins another conversation for each
/// guess is slowed down all the same, and a restart forgets nothing.
/// </summary>
public sealed class KeyTries
{
    /// <summary>Wrong keys for one folio in an hour; then even the right one has to wait for the next hour. The citizen's own conversation needs no key.</summary>
    public const int MostPerHour = 20;

    public required string Folio { get; init; }

    /// <summary>Whole hours since 1970, UTC.</summary>
    public long Hour { get; init; }

    public int Wrong { get; init; }

    internal static long HourOf(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / 3600;

    /// <summary>Counts one more, and forgets those of earlier hours.</summary>
    internal static Func<DbContext, Task> CountOne(string folio, long hour) => async database =>
    {
        await database.Set<KeyTries>().Where(tries => tries.Hour < hour).ExecuteDeleteAsync();
        var counted = await database.Set<KeyTries>().Where(tries => tries.Folio == folio && tries.Hour == hour)
            .ExecuteUpdateAsync(set => set.SetProperty(tries => tries.Wrong, tries => tries.Wrong + 1));
        if (counted == 0)
        {
            database.Add(new KeyTries { Folio = folio, Hour = hour, Wrong = 1 });
            await database.SaveChangesAsync();
        }
    };
}

internal sealed class KeyTriesMapping : IEntityTypeConfiguration<KeyTries>
{
    public void Configure(EntityTypeBuilder<KeyTries> builder)
    {
        builder.ToTable("key_tries").HasKey(tries => new { tries.Folio, tries.Hour });
        builder.HasIndex(tries => tries.Hour).HasDatabaseName("ix_key_tries_hour");
        builder.Property(tries => tries.Folio).Keep(Retention.Technical);
    }
}
