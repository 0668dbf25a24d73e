using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;

namespace OgpBot.Switches;

/// <summary>
/// What is switched off, and what is put up, now. Every host reads it from the database, at most once a second, so a switch counts on all of them at once. Where the
/// database can't be read, what was known counts.
/// </summary>
public sealed class SwitchBoard(DatabaseStart start, IDbContextFactory<OgpBotDb> databases, IDatabase kind, TimeProvider clock)
{
    /// <summary>The switch that pauses the consultation: no submission may be sent.</summary>
    public const string Consultation = "consultation";

    /// <summary>The switch that turns the language model off.</summary>
    public const string Model = "model";

    /// <summary>The sentence at the top of the citizen's page.</summary>
    public const string Banner = "banner";

    /// <summary>How old what is known may be.</summary>
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private Known known = new(DateTimeOffset.MinValue, new Dictionary<string, string>());

    /// <summary>The name of the switch that closes a channel.</summary>
    public static string OfChannel(string channel) => $"channel:{channel}";

    /// <summary>The reason that citizens read; null: the switch is as always.</summary>
    public string? ReasonOf(string name) => Read().GetValueOrDefault(name);

    /// <summary>Reads anew at the next question, after a switch was set here.</summary>
    internal void Forget() => known = known with { At = DateTimeOffset.MinValue };

    private IReadOnlyDictionary<string, string> Read()
    {
        var now = clock.GetUtcNow();
        if (now - known.At < Every || !start.Ready.IsCompletedSuccessfully)
        {
            return known.Reasons;
        }

        try
        {
            using var database = databases.CreateDbContext();
            known = new(now, database.Set<SwitchSetting>().AsNoTracking().ToDictionary(setting => setting.Name, setting => setting.Reason));
        }
        catch (Exception error) when (kind.IsUnavailable(error))
        {
            known = known with { At = now };
        }

        return known.Reasons;
    }

    private sealed record Known(DateTimeOffset At, IReadOnlyDictionary<string, string> Reasons);
}
