using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Conversations.Outbox;

/// <summary>
/// Sends what turns have left to be sent: stored with the turn, sent after, then noted as sent. Conversations are served side by side, each in order. After a
/// crash what is not noted is sent again, so that a message comes twice only where it was accepted and that answer was lost.
/// </summary>
internal sealed class OutboxLanes(ConversationReader reader, TurnWriter writer, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Lane> lanes = [];
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Ends what is being sent when the host stops.</summary>
    internal CancellationToken Stopping => stopping.Token;

    /// <summary>How long to wait before a call is made again, where the other side does not say: a second, then twice as long each time, up to a minute.</summary>
    /// <param name="failures">How often it has failed by now, from 1.</param>
    internal static TimeSpan BackOff(int failures) => TimeSpan.FromSeconds(Math.Min(LongestBackOff.TotalSeconds, Math.Pow(2, Math.Max(failures, 1) - 1)));

    /// <summary>Sends what this conversation has to send, now or after what it is sending; returns at once.</summary>
    /// <param name="trySend">Sends one and calls <see cref="FinishAsync"/>; false where nothing more of the conversation can be sent now.</param>
    internal void Announce(string conversationId, Func<OutboxMessage, Task<bool>> trySend)
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }

        lock (lanes)
        {
            if (lanes.TryGetValue(conversationId, out var lane))
            {
                lane.Again = true;
                return;
            }

            lanes[conversationId] = lane = new Lane();
            lane.Work = ServeAsync(conversationId, lane, trySend);
        }
    }

    /// <summary>What is on its way is given a moment.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] inHand;
        lock (lanes)
        {
            inHand = [.. lanes.Values.Select(lane => lane.Work)];
        }

        await Task.WhenAny(Task.WhenAll(inHand), Task.Delay(DrainLimit, clock, cancellationToken));
        await stopping.CancelAsync();
    }

    /// <summary>Notes how far a message came. The last word after an erasure still needs the address; then that goes too.</summary>
    internal async Task FinishAsync(OutboxMessage message, Delivery delivery, long? sentAs = null)
    {
        await StoreAsync(session => session.DeliverAsync(message.ConversationId, message.Seq, delivery, sentAs));
        if (message.Erased)
        {
            await StoreAsync(session => session.ForgetAddressAsync(message.ConversationId));
        }
    }

    /// <summary>What was sent must be noted, however long the database takes: else it would be sent again.</summary>
    internal async Task StoreAsync(Func<TurnSession, ValueTask<bool>> write)
    {
        while (true)
        {
            try
            {
                await writer.WriteAsync(write, stopping.Token);
                return;
            }
            catch (StorageUnavailableException) when (!stopping.IsCancellationRequested)
            {
                await Task.Delay(StoragePause, clock, stopping.Token);
            }
        }
    }

    public void Dispose() => stopping.Dispose();

    private async Task ServeAsync(string conversationId, Lane lane, Func<OutboxMessage, Task<bool>> trySend)
    {
        await Task.Yield();
        try
        {
            do
            {
                lane.Again = false;
                while (reader.NextToSend(conversationId) is { } message && await trySend(message))
                {
                }
            }
            while (!Leave(conversationId, lane));
        }
        catch (Exception error) when (error is OperationCanceledException or StorageUnavailableException)
        {
            // It stays in the outbox: with the next message, or after the next start, it is sent.
        }
        finally
        {
            // Whatever it ended by, the next message finds a lane; one that was left in order may have a follower already.
            lock (lanes)
            {
                if (lanes.TryGetValue(conversationId, out var last) && last == lane)
                {
                    lanes.Remove(conversationId);
                }
            }
        }
    }

    private bool Leave(string conversationId, Lane lane)
    {
        lock (lanes)
        {
            return !lane.Again && lanes.Remove(conversationId);
        }
    }

    private sealed class Lane
    {
        internal Task Work { get; set; } = Task.CompletedTask;

        internal bool Again { get; set; }
    }
}
