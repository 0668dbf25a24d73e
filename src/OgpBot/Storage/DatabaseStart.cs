using Microsoft.EntityFrameworkCore;

namespace OgpBot.Storage;

/// <summary>Brings the database to the present schema. While it can't be opened the host runs, logs that, and tries again each second.</summary>
public sealed partial class DatabaseStart(IDbContextFactory<OgpBotDb> contexts, IDatabase kind, TimeProvider clock, ILogger<DatabaseStart> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the schema is there.</summary>
    public Task Ready => ready.Task;

    /// <summary>The first try is made before the host takes requests, so that a usual start is ready when it says so.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>For commands that need the schema and no host.</summary>
    /// <exception cref="StorageUnavailableException">It can't be opened.</exception>
    public async Task OnceAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        if (!Ready.IsCompleted)
        {
            throw new StorageUnavailableException("The database can't be opened.");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!Ready.IsCompleted)
        {
            await Task.Delay(Pause, clock, stoppingToken);
            await TryAsync(stoppingToken);
        }
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var database = await contexts.CreateDbContextAsync(cancellationToken);
            await database.Database.MigrateAsync(cancellationToken);
            ready.TrySetResult();
        }
        catch (Exception error) when (kind.IsUnavailable(error))
        {
            Log.Unavailable(logger, error.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The database can't be opened: {Reason}. It is tried again each second.")]
        internal static partial void Unavailable(ILogger logger, string reason);
    }
}
