namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Pressed buttons, each of which wants an answer while the citizen still looks at it.</summary>
internal sealed class FakeCallbacks(FakeRules rules, TimeProvider clock)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private const int LongestAnswer = 200;

    private readonly Dictionary<string, Query> queries = [];

    internal int Unanswered => queries.Values.Count(query => !query.Answered);

    /// <summary>Delivered, and not answered in time.</summary>
    internal int Neglected => queries.Values.Count(query => !query.Answered && query.DeliveredAt is { } at && clock.GetUtcNow() - at > Patience);

    internal string Press(long chat)
    {
        var id = $"{chat}{queries.Count + 1:D9}";
        queries[id] = new Query(clock.GetUtcNow());
        return id;
    }

    internal void Delivered(string id)
    {
        if (queries.TryGetValue(id, out var query))
        {
            query.DeliveredAt ??= clock.GetUtcNow();
        }
    }

    internal void Answer(string id, string? text)
    {
        if (!queries.TryGetValue(id, out var query))
        {
            rules.Break(FakeRules.CallbackUnknown, id);
            throw FakeRefusal.QueryTooOld();
        }

        if (text is { Length: > LongestAnswer })
        {
            rules.Break(FakeRules.CallbackAnswerTooLong, $"{text.Length} units");
            throw FakeRefusal.BadRequest("MESSAGE_TOO_LONG");
        }

        var now = clock.GetUtcNow();
        if (!query.Answered && now - query.PressedAt > Patience)
        {
            // Not the bot's fault where it got the query late, because it was away.
            if (now - query.DeliveredAt > Patience)
            {
                rules.Break(FakeRules.CallbackAnsweredLate, id);
            }

            query.Answered = true;
            throw FakeRefusal.QueryTooOld();
        }

        query.Answered = true;
    }

    private sealed record Query(DateTimeOffset PressedAt)
    {
        internal DateTimeOffset? DeliveredAt { get; set; }

        internal bool Answered { get; set; }
    }
}
