using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;

namespace OgpBot.Conversations.Turns;

/// <summary>
/// The one place where turns are written. Writes that wait share a commit: the disk is flushed once for all of them, so throughput is not
/// bound to a flush a turn. When a shared commit fails for one of them, each is tried alone, so none suffers from another.
/// </summary>
public sealed partial class TurnWriter(IDatabase kind, IDbContextFactory<OgpBotDb> contexts, TimeProvider clock, ILogger<TurnWriter> logger)
    : BackgroundService
{
    // More writes in one transaction would only hold the lock longer.
    private const int MostWritesPerCommit = 256;

    // With several citizens at once it pays to wait a moment for the next one's write; alone, nobody waits.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    // The citizen must read within five seconds that a message was not kept.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private readonly Channel<Pending> queue = Channel.CreateUnbounded<Pending>(new UnboundedChannelOptions { SingleReader = true });
    private TurnSession? session;
    private volatile bool scrub;
    private volatile bool scrubbed;
    private int writesSinceCheckpoint;

    /// <summary>Counts since the start, for benchmarks and operators.</summary>
    public TurnCounters Counters { get; } = new();

    /// <summary>Whether the database's log may still hold what was erased. True at the start: the host may have stopped before it was scrubbed.</summary>
    public bool LeavesTraces { get; set; } = true;

    /// <summary>Writes and waits for the commit.</summary>
    /// <exception cref="StorageUnavailableException">Nothing was kept within four seconds, and nothing will be.</exception>
    public async Task<T> WriteAsync<T>(Func<TurnSession, ValueTask<T>> write, CancellationToken cancellationToken = default)
    {
        var result = default(T)!;
        var pending = new Pending(async session => result = await write(session));
        queue.Writer.TryWrite(pending);
        try
        {
            await pending.Done.Task.WaitAsync(Patience, clock, cancellationToken);
            return result;
        }
        catch (Exception stopped) when (stopped is TimeoutException or OperationCanceledException)
        {
            // Once it is being written its end must be awaited: it may yet be kept, or be kept at this moment. The lock's own time limit bounds that.
            if (!pending.Done.Task.IsCompleted && pending.Abandon())
            {
                throw new StorageUnavailableException("the database did not answer in time", stopped);
            }

            await pending.Done.Task;
            return result;
        }
    }

    /// <summary>Leaves no copy of what was erased in the database's log, once what waits is written.</summary>
    /// <returns>False where a reader, such as an export, still needs the log; try again later.</returns>
    public async Task<bool> ScrubAsync(CancellationToken cancellationToken)
    {
        scrub = true;
        await WriteAsync(_ => ValueTask.FromResult(true), cancellationToken);
        return scrubbed;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Pending>(MostWritesPerCommit);
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                if (batch.Count > 1)
                {
                    await Task.Delay(Gathering, clock, stoppingToken);
                }

                Take(batch);
                await WriteAsync(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // What came last is still written; turns are stopped before their writer.
            Take(batch);
            await WriteAsync(batch);
        }
        finally
        {
            session?.Dispose();
        }
    }

    private void Take(List<Pending> batch)
    {
        batch.Clear();
        while (batch.Count < MostWritesPerCommit && queue.Reader.TryRead(out var pending))
        {
            if (pending.Begin())
            {
                batch.Add(pending);
            }
        }
    }

    private async Task WriteAsync(IReadOnlyList<Pending> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            await CommitAsync(batch);
        }
        catch (Exception error) when (kind.IsUnavailable(error))
        {
            Log.Unavailable(logger, error.Message);
            Close();
            Fail(batch, new StorageUnavailableException("the database can't be written", error));
        }
        catch (Exception) when (batch.Count > 1)
        {
            foreach (var pending in batch)
            {
                await WriteAsync([pending]);
            }
        }
#pragma warning disable CA1031 // The exception goes to the caller that awaits this write.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Fail(batch, error);
        }
    }

    private async Task CommitAsync(IReadOnlyList<Pending> batch)
    {
        session ??= Open();
        await session.CommitAsync([.. batch.Select(pending => pending.Write)]);
        Counters.Commits++;
        writesSinceCheckpoint += batch.Count;
        var flushes = session.Checkpoint(kind, writesSinceCheckpoint);
        writesSinceCheckpoint = flushes > 0 ? 0 : writesSinceCheckpoint;
        Counters.Flushes += 1 + flushes;
        if (scrub)
        {
            scrub = false;
            scrubbed = session.Scrub(kind);
        }

        foreach (var pending in batch)
        {
            pending.Done.SetResult();
        }
    }

    private TurnSession Open()
    {
        var connection = kind.OpenWriter();
        var database = contexts.CreateDbContext();
        database.Database.SetDbConnection(connection);
        return new TurnSession(connection, database);
    }

    private void Close()
    {
        session?.Dispose();
        session = null;
    }

    private static void Fail(IReadOnlyList<Pending> batch, Exception error)
    {
        foreach (var pending in batch)
        {
            pending.Done.TrySetException(error);
        }
    }

    private sealed class Pending(Func<TurnSession, ValueTask> write)
    {
        private int state;

        internal Func<TurnSession, ValueTask> Write { get; } = write;

        internal TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal bool Begin() => Interlocked.CompareExchange(ref state, 1, 0) == 0;

        internal bool Abandon() => Interlocked.CompareExchange(ref state, 2, 0) == 0;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The database can't be written: {Reason}. Citizens are told so; it is tried again with the next message.")]
        internal static partial void Unavailable(ILogger logger, string reason);
    }
}

/// <summary>Work done since the start.</summary>
public sealed class TurnCounters
{
    private long turns;

    public long Turns => Interlocked.Read(ref turns);

    public long Commits { get; internal set; }

    /// <summary>Times the disk was made to write: one a commit, two a checkpoint.</summary>
    public long Flushes { get; internal set; }

    internal void CountTurn() => Interlocked.Increment(ref turns);
}
