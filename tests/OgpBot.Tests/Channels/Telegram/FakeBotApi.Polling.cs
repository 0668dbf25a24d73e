using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>getUpdates: real long polling, one poller at a time.</summary>
internal sealed partial class FakeBotApi
{
    private const int LongestPoll = 50;
    private const int MostUpdates = 100;
    private Poller? current;

    /// <summary>A poll waits at this moment.</summary>
    internal bool IsPolled => Locked(() => current is { IsParked: true });

    private async Task<JsonNode> PollAsync(JsonObject body, HttpContext http, FakeHold hold)
    {
        var offset = (long?)body["offset"] ?? 0;
        var limit = Math.Clamp((int?)body["limit"] ?? MostUpdates, 1, MostUpdates);
        var timeout = TimeSpan.FromSeconds(Math.Clamp((int?)body["timeout"] ?? 0, 0, LongestPoll));
        var poller = new Poller(http.RequestAborted);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping.Token);
        try
        {
            Locked(() => Enter(poller, offset, body));
            var over = timeout > TimeSpan.Zero ? Task.Delay(timeout, clock, ended.Token) : Task.CompletedTask;
            while (true)
            {
                var (batch, change) = Locked(() => (TakeFor(poller, offset, limit), changed.Task));
                if (batch.Count > 0 || over.IsCompleted)
                {
                    ended.Token.ThrowIfCancellationRequested();
                    return new JsonArray([.. batch.Select(update => update.ToJson())]);
                }

                hold.Release();
                await Task.WhenAny(change, over);
                hold.Take();
            }
        }
        finally
        {
            // What is left of the waiting ends with the poll.
            await ended.CancelAsync();
            Locked(() => current = current == poller ? null : current);
        }
    }

    private void Enter(Poller poller, long offset, JsonObject body)
    {
        if (webhook is not null)
        {
            rules.Break(FakeRules.PollWithWebhook, $"offset {offset}");
            throw FakeRefusal.WebhookIsSet();
        }

        ReadAllowedUpdates(body);
        updates.ConfirmBelow(offset);
        if (current is { } older && !older.Gone.IsCancellationRequested)
        {
            rules.Break(FakeRules.TwoPollers, $"offset {offset}");
            older.Dismissal = FakeRefusal.OtherPoller();
        }

        current = poller;
        Pulse();
    }

    private IReadOnlyList<FakeUpdate> TakeFor(Poller poller, long offset, int limit)
    {
        if (poller.Dismissal is { } dismissal)
        {
            throw dismissal;
        }

        var batch = poller.Gone.IsCancellationRequested ? [] : updates.Take(offset, limit);
        if (batch.Count == 0 && !poller.IsParked)
        {
            poller.IsParked = true;
            Pulse();
        }

        return batch;
    }

    private void ReadAllowedUpdates(JsonObject body)
    {
        if (body["allowed_updates"] is JsonArray { Count: > 0 } types)
        {
            updates.Allowed = types.Select(type => (string)type!).ToHashSet();
        }
        else
        {
            rules.Break(FakeRules.AllowedUpdatesMissing, "it persists from whoever asked last");
        }
    }

    // Not before the answer is written: what is lost on its way was not delivered.
    private void NoteDelivery(JsonNode update)
    {
        if (update["callback_query"] is { } query)
        {
            callbacks.Delivered((string)query["id"]!);
        }
    }

    private sealed class Poller(CancellationToken gone)
    {
        internal CancellationToken Gone { get; } = gone;

        internal FakeRefusal? Dismissal { get; set; }

        internal bool IsParked { get; set; }
    }
}
