using System.Text.Json.Nodes;

namespace OgpBot.Tests.Channels.Telegram;

internal sealed record FakeUpdate(long Id, long Chat, string Type, JsonObject Content)
{
    internal bool Delivered { get; set; }

    internal JsonObject ToJson() => new() { ["update_id"] = Id, [Type] = Content.DeepClone() };
}

/// <summary>Updates that wait to be fetched, and those confirmed, which a bad day may bring again.</summary>
internal sealed class FakeUpdates(FakeRules rules, FakeFaults faults, Random random)
{
    private const int DuplicatesReach = 3;
    private readonly List<FakeUpdate> again = [];
    private long lastId = 100_000 + random.Next(1000);
    private long highestOffset;

    internal List<FakeUpdate> Waiting { get; } = [];

    internal List<FakeUpdate> Confirmed { get; } = [];

    /// <summary>What the bot asked for; null: it never said.</summary>
    internal IReadOnlySet<string>? Allowed { get; set; }

    internal int Duplicates { get; private set; }

    internal int Reversals { get; private set; }

    internal FakeUpdate? Add(long chat, string type, JsonObject content)
    {
        if (Allowed is { } allowed && !allowed.Contains(type))
        {
            return null;
        }

        var update = new FakeUpdate(++lastId, chat, type, content);
        Waiting.Add(update);
        return update;
    }

    /// <summary>All below the offset are confirmed and never come again, if all goes well.</summary>
    internal void ConfirmBelow(long offset)
    {
        // A bot that starts anew asks from 0 for all that waits.
        if (offset > 0 && offset < highestOffset)
        {
            rules.Break(FakeRules.OffsetBackwards, $"{offset} after {highestOffset}");
        }

        highestOffset = Math.Max(offset, highestOffset);
        foreach (var update in Waiting.Where(update => update.Id < offset).ToList())
        {
            if (!update.Delivered)
            {
                rules.Break(FakeRules.ConfirmedNeverDelivered, $"update {update.Id}");
            }

            Confirm(update);
        }
    }

    internal void Confirm(FakeUpdate update)
    {
        Waiting.Remove(update);
        Confirmed.Add(update);
    }

    internal void DeliverAgain(IEnumerable<FakeUpdate> updates) => again.AddRange(updates);

    internal IReadOnlyList<FakeUpdate> Take(long offset, int limit)
    {
        var batch = Waiting.Where(update => update.Id >= offset).Take(limit).ToList();
        if (again.Count > 0)
        {
            Duplicates += again.Count;
            batch.InsertRange(0, again);
            again.Clear();
        }
        else if (batch.Count > 0 && Confirmed.Count > 0 && faults.Happens(faults.Rates.PDuplicate))
        {
            Duplicates++;
            batch.Insert(0, Confirmed[^(1 + random.Next(Math.Min(DuplicatesReach, Confirmed.Count)))]);
        }

        if (batch.Count > 1 && faults.Happens(faults.Rates.PReversed))
        {
            Reversals++;
            batch.Reverse();
        }

        batch.ForEach(update => update.Delivered = true);
        return batch;
    }
}
