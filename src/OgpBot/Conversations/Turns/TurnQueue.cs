using OgpBot.Conversations.Messages;
using OgpBot.Storage;

namespace OgpBot.Conversations.Turns;

/// <summary>
/// Runs the turns. Those of one conversation run in order, conversations run side by side, and a slow turn holds up nobody else. This is only for speed: the
/// order rests on the version of the state. At the start it runs again what was accepted and not finished. At the end it lets the turns in hand finish.
/// </summary>
public sealed partial class TurnQueue(TurnRunner runner, ConversationReader reader, DatabaseStart start, TimeProvider clock, ILogger<TurnQueue> logger)
    : BackgroundService
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, Lane> lanes = [];
    private readonly CancellationTokenSource leaving = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Whether what the last host left unanswered can't be read.</summary>
    public bool IsStuck { get; private set; }

    public void Enqueue(string conversationId, int seq)
    {
        lock (lanes)
        {
            if (!lanes.TryGetValue(conversationId, out var lane))
            {
                lanes[conversationId] = lane = new Lane();
            }

            lane.Waiting++;
            lane.Last = RunAfterAsync(lane.Last, lane, conversationId, seq);
        }
    }

    /// <summary>Whether a turn of the conversation is in hand here.</summary>
    public bool IsBusy(string conversationId)
    {
        lock (lanes)
        {
            return lanes.ContainsKey(conversationId);
        }
    }

    /// <summary>Ends when no turn of the conversation is in hand here, or when the time is over.</summary>
    public async Task WhenIdleAsync(string conversationId, TimeSpan limit, CancellationToken cancellationToken)
    {
        Task last;
        lock (lanes)
        {
            last = lanes.GetValueOrDefault(conversationId)?.Last ?? Task.CompletedTask;
        }

        if (!last.IsCompleted)
        {
            await last.WaitAsync(limit, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] inHand;
        lock (lanes)
        {
            inHand = [.. lanes.Values.Select(lane => lane.Last)];
        }

        await leaving.CancelAsync();
        await Task.WhenAny(Task.WhenAll(inHand), Task.Delay(DrainLimit, clock, cancellationToken));
        await stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        leaving.Dispose();
        stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Ready.WaitAsync(stoppingToken);
        while (IsStuck = !TryRecover())
        {
            await Task.Delay(Pause, clock, stoppingToken);
        }
    }

    // A file that is damaged where the messages lie opens as any other. The host runs, says so, and takes them up when a good copy is in its place.
    private bool TryRecover()
    {
        try
        {
            var unfinished = reader.Unfinished();
            foreach (var (conversation, seq) in unfinished)
            {
                Enqueue(conversation, seq);
            }

            if (unfinished.Count > 0)
            {
                Log.Recovered(logger, unfinished.Count);
            }

            return true;
        }
        catch (StorageUnavailableException error)
        {
            if (!IsStuck)
            {
                Log.Unreadable(logger, error.InnerException?.Message ?? error.Message);
            }

            return false;
        }
    }

    private async Task RunAfterAsync(Task before, Lane lane, string conversationId, int seq)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        try
        {
            await runner.RunAsync(conversationId, seq, leaving.Token, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // It stays in the inbox and is run after the next start.
        }
#pragma warning disable CA1031 // A turn that can't even be written must not end its lane.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.Lost(logger, error);
        }

        lock (lanes)
        {
            if (--lane.Waiting == 0)
            {
                lanes.Remove(conversationId);
            }
        }
    }

    private sealed class Lane
    {
        internal Task Last { get; set; } = Task.CompletedTask;

        internal int Waiting { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} messages that were accepted before the last stop are answered now")]
        internal static partial void Recovered(ILogger logger, int count);

        [LoggerMessage(Level = LogLevel.Error, Message = "The messages in the database can't be read: {Reason}. It is tried again each second; a copy may have to be put back.")]
        internal static partial void Unreadable(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Critical, Message = "A turn could not be written; it is tried again at the next start")]
        internal static partial void Lost(ILogger logger, Exception error);
    }
}
