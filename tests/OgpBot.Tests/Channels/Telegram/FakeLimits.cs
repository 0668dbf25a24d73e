using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Watches the pace of a bot, whether it waits as long as it was told, and whether it repeats what was refused.</summary>
internal sealed class FakeLimits(FakeRules rules, TimeProvider clock)
{
    internal const int ChatBurst = 3;
    internal const int MostPerSecond = 30;

    // How long after a 429 calls may arrive that began before it. A manual clock is held while calls are on their way, so there it is no time at all;
    // on the real one a busy machine may take this long between the bot's last look at the clock and the arrival.
    private readonly TimeSpan onTheWay = clock is ManualClock ? TimeSpan.Zero : TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan RefusalMemory = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, (DateTimeOffset Since, DateTimeOffset Until)> silences = [];
    private readonly Dictionary<string, DateTimeOffset> refused = [];
    private readonly Dictionary<long, (double Tokens, DateTimeOffset At)> buckets = [];
    private readonly Queue<DateTimeOffset> lastSecond = new();

    /// <summary>Refuses what comes too early, too, instead of only counting it.</summary>
    internal bool Enforced { get; set; }

    /// <param name="subject">Whom it was told of: a chat, a pressed button, or a method.</param>
    /// <param name="everywhere">Whether messages to all chats must wait, too.</param>
    internal void Told(string subject, int seconds, bool everywhere)
    {
        var now = clock.GetUtcNow();
        var silence = (now, now + TimeSpan.FromSeconds(seconds));
        silences[subject] = silence;
        if (everywhere)
        {
            silences[Everywhere] = silence;
        }
    }

    /// <summary>Refuses a call that comes before the time that was told.</summary>
    internal void CheckSilence(string method, string subject)
    {
        var now = clock.GetUtcNow();
        var own = silences.GetValueOrDefault(subject);
        var all = IsSending(method) ? silences.GetValueOrDefault(Everywhere) : default;
        var until = own.Until > all.Until ? own.Until : all.Until;
        if (now + Tolerance >= until)
        {
            return;
        }

        if (IsBroken(own) || IsBroken(all))
        {
            rules.Break(FakeRules.IgnoredRetryAfter, $"{method} ({subject}), {(until - now).TotalSeconds:0.00} s too early");
        }

        throw FakeRefusal.TooMany((int)Math.Ceiling((until - now).TotalSeconds));

        bool IsBroken((DateTimeOffset Since, DateTimeOffset Until) silence) => now + Tolerance < silence.Until && now - silence.Since > onTheWay;
    }

    /// <summary>Counts a message that is about to be accepted.</summary>
    internal void CountMessage(long chat)
    {
        var now = clock.GetUtcNow();
        var (tokens, at) = buckets.GetValueOrDefault(chat, (ChatBurst, now));
        tokens = Math.Min(ChatBurst, tokens + (now - at).TotalSeconds);
        while (lastSecond.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromSeconds(1) - Tolerance)
        {
            lastSecond.Dequeue();
        }

        var rule = tokens < 1 - Tolerance.TotalSeconds ? FakeRules.ChatRate : lastSecond.Count >= MostPerSecond ? FakeRules.OverallRate : null;
        if (rule is not null)
        {
            rules.Break(rule, $"chat {chat} at {now:HH:mm:ss.fff}");
            if (Enforced)
            {
                throw FakeRefusal.TooMany(1);
            }
        }

        buckets[chat] = (Math.Max(0, tokens - 1), now);
        lastSecond.Enqueue(now);
    }

    internal void Refused(string call) => refused[call] = clock.GetUtcNow();

    internal void CheckRepeat(string call)
    {
        if (refused.TryGetValue(call, out var at) && clock.GetUtcNow() - at < RefusalMemory)
        {
            rules.Break(FakeRules.RetriedAfter4xx, call[..Math.Min(call.Length, 80)]);
        }
    }

    private const string Everywhere = "*";

    private static bool IsSending(string method) =>
        method.StartsWith("send", StringComparison.Ordinal) || method.StartsWith("edit", StringComparison.Ordinal);
}
