using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Conversations.Outbox;

/// <summary>
/// A channel that sends what turns leave in the outbox. A message is stored with its turn, sent after, then noted as sent. Conversations are served side by
/// side, each in order. After a crash what is not noted is sent again. So a message comes twice only where it was accepted and that answer was lost.
/// </summary>
internal abstract class OutboxChannel(ConversationReader reader, TurnWriter writer, DatabaseStart start, TimeProvider clock) : BackgroundService, IChannel
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Lane> lanes = [];
    private readonly CancellationTokenSource stopping = new();

    public abstract string Name { get; }

    public bool Sends => true;

    protected ConversationReader Reader { get; } = reader;

    protected TimeProvider Clock { get; } = clock;

    /// <summary>Whether the settings turn it on; else what is announced stays in the outbox.</summary>
    protected abstract bool IsOn { get; }

    /// <summary>Ends what is being sent when the host stops.</summary>
    protected CancellationToken Stopping => stopping.Token;

    /// <summary>How long to wait before a call is made again, where the channel does not say: a second, then twice as long each time, up to a minute.</summary>
    /// <param name="failures">How often it has failed by now, from 1.</param>
    internal static TimeSpan BackOff(int failures) => TimeSpan.FromSeconds(Math.Min(LongestBackOff.TotalSeconds, Math.Pow(2, Math.Max(failures, 1) - 1)));

    public virtual IReadOnlyList<string> Split(string text) => [text];

    /// <summary>Sends what this conversation has to send, now or after what it is sending; returns at once.</summary>
    public void Announce(string conversationId)
    {
        if (!IsOn || stopping.IsCancellationRequested)
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
            lane.Work = ServeAsync(conversationId, lane);
        }
    }

    public void ShowTyping(string conversationId)
    {
        if (IsOn && !stopping.IsCancellationRequested)
        {
            _ = ShowTypingAsync(conversationId);
        }
    }

    /// <summary>What is on its way is given a moment.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] inHand;
        lock (lanes)
        {
            inHand = [.. lanes.Values.Select(lane => lane.Work)];
        }

        await Task.WhenAny(Task.WhenAll(inHand), Task.Delay(DrainLimit, Clock, cancellationToken));
        await stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    /// <summary>Notes how far a message came. The last word after an erasure still needs the address; then that goes too.</summary>
    protected async Task FinishAsync(OutboxMessage message, Delivery delivery, long? sentAs = null)
    {
        await StoreAsync(session => session.DeliverAsync(message.ConversationId, message.Seq, delivery, sentAs));
        if (message.Erased)
        {
            await StoreAsync(session => session.ForgetAddressAsync(message.ConversationId));
        }
    }

    /// <summary>What was sent must be noted, however long the database takes: else it would be sent again.</summary>
    protected async Task StoreAsync(Func<TurnSession, ValueTask<bool>> write)
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
                await Task.Delay(StoragePause, Clock, stopping.Token);
            }
        }
    }

    public override void Dispose()
    {
        stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (IsOn)
        {
            await start.Ready.WaitAsync(stoppingToken);
            await WhenReadyAsync(stoppingToken);
            foreach (var conversation in Reader.WithOutbox())
            {
                Announce(conversation);
            }
        }
    }

    /// <summary>Ends when what an earlier run of the program left may be sent.</summary>
    protected virtual Task WhenReadyAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Tried once: what comes late says nothing. It does not throw.</summary>
    protected abstract Task ShowTypingAsync(string conversationId);

    /// <summary>Sends one and calls <see cref="FinishAsync"/>.</summary>
    /// <returns>False where nothing more of the conversation can be sent now.</returns>
    protected abstract Task<bool> TrySendAsync(OutboxMessage message);

    private async Task ServeAsync(string conversationId, Lane lane)
    {
        await Task.Yield();
        try
        {
            do
            {
                lane.Again = false;
                while (Reader.NextToSend(conversationId) is { } message && await TrySendAsync(message))
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
