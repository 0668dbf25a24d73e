using System.Globalization;

namespace OgpBot.Submissions.Filing;

/// <summary>When a conversation tried something in the last hour, as a slot keeps it: who guesses folios or keys is slowed down.</summary>
internal sealed class RecentTries
{
    private const int MostPerHour = 10;

    private readonly DateTimeOffset now;
    private readonly List<long> seconds;

    private RecentTries(List<long> seconds, DateTimeOffset now) => (this.seconds, this.now) = (seconds, now);

    internal bool TooMany => seconds.Count >= MostPerHour;

    internal static RecentTries Of(string? slot, DateTimeOffset now)
    {
        var hourAgo = now.AddHours(-1).ToUnixTimeSeconds();
        return new(
            [.. (slot ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).Where(second => second > hourAgo)],
            now);
    }

    /// <summary>The slot's next value.</summary>
    internal string WithOneMore() => string.Join(' ', seconds.Append(now.ToUnixTimeSeconds()));
}
