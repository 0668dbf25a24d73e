using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Switches;

/// <summary>Something that staff switched off or put up, with the reason that citizens read. Taken back, its row goes.</summary>
public sealed class SwitchSetting
{
    /// <summary><c>consultation</c>, <c>channel:telegram</c>, <c>model</c>, <c>banner</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What citizens read, in the default language.</summary>
    public required string Reason { get; init; }

    /// <summary>The id of a person of the staff.</summary>
    public required string By { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class SwitchSettingMapping : IEntityTypeConfiguration<SwitchSetting>
{
    public void Configure(EntityTypeBuilder<SwitchSetting> builder)
    {
        builder.ToTable("switches").HasKey(setting => setting.Name);
        builder.Property(setting => setting.Name).Keep(Retention.Technical);
        builder.Property(setting => setting.Reason).Keep(Retention.PublicRecord);
        builder.Property(setting => setting.By).Keep(Retention.Staff);
    }
}
