using OgpBot.Dialogs;
using OgpBot.Hosting;
using OgpBot.Storage;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Introduces the bot and fetches updates: each batch is stored, then confirmed. Nothing that Telegram or the network does ends it, but a token that
/// Telegram does not know: then the channel stops, not the host.
/// </summary>
internal sealed partial class TelegramPolling(
    TelegramBot bot, TelegramPace pace, TelegramIntake intake, OgpBotOptions options, Lazy<DialogLibrary> library, DatabaseStart start, TimeProvider clock, ILogger<TelegramPolling> logger)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConfirmLimit = TimeSpan.FromSeconds(5);

    private long offset;
    private long asked;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);

        // A poll confirms what came before it, also one that was given up while it waited: another would run into it. So only what was stored since
        // is confirmed here, lest the next start gets it again.
        if (offset == asked)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(ConfirmLimit, clock);
            await bot.Client!.GetUpdatesAsync(offset, TimeSpan.Zero, limit.Token);
        }
        catch (Exception error) when (error is TelegramProblem or OperationCanceledException)
        {
            // It comes again, and is known by its key.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (bot.Refusal is { } refusal)
        {
            Log.Stopped(logger, refusal);
        }
        else if (bot.Client is null)
        {
            Log.Off(logger, "no token is set (OgpBot:Telegram:Token).");
        }

        if (bot.Client is null)
        {
            return;
        }

        await start.Ready.WaitAsync(stoppingToken);
        try
        {
            bot.Introduce(await RetryAsync(() => bot.Client.GetMeAsync(stoppingToken), stoppingToken));
            if (bot.UsesWebhook)
            {
                var url = new Uri($"{options.Telegram.PublicUrl!.TrimEnd('/')}{TelegramWebhook.Path}");
                await RetryAsync(() => bot.Client.SetWebhookAsync(url, options.Telegram.WebhookSecret!, stoppingToken), stoppingToken);
                await TelegramProfile.SetAsync(bot.Client, library.Value, call => RetryAsync(call, stoppingToken), stoppingToken);
                return;
            }

            await RetryAsync(() => bot.Client.DeleteWebhookAsync(stoppingToken), stoppingToken);
            var profile = TelegramProfile.SetAsync(bot.Client, library.Value, call => RetryAsync(call, stoppingToken), stoppingToken);
            while (!stoppingToken.IsCancellationRequested)
            {
                await PollAsync(stoppingToken);
            }
        }
        catch (TelegramProblem problem)
        {
            Log.Stopped(logger, problem.Message);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        asked = offset;
        var batch = await RetryAsync(() => bot.Client!.GetUpdatesAsync(offset, Poll, cancellationToken), cancellationToken);
        try
        {
            // At a stop, too, what has come is stored; the writer's own time limit bounds that.
            await intake.AcceptAsync(batch.Updates, CancellationToken.None);
            offset = batch.NextOffset;
        }
        catch (StorageUnavailableException)
        {
            // Not confirmed: it comes again.
            await Task.Delay(StoragePause, clock, cancellationToken);
        }
    }

    private Task RetryAsync(Func<Task> call, CancellationToken cancellationToken) => RetryAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellationToken);

    /// <exception cref="TelegramProblem">It can't be done, now or later.</exception>
    private async Task<T> RetryAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        for (var failures = 0; ;)
        {
            try
            {
                return await call();
            }
            catch (TelegramProblem problem) when (problem.Remedy is TelegramRemedy.WaitThenRetry or TelegramRemedy.WarnThenRetry)
            {
                if (problem.Remedy == TelegramRemedy.WarnThenRetry)
                {
                    Log.Conflict(logger);
                }

                if (problem.RetryAfter is { } wait)
                {
                    // It is not said of one chat, so it is meant of all.
                    pace.Obey(null, wait);
                }

                await Task.Delay(problem.WaitAfter(problem.RetryAfter is null ? ++failures : failures), clock, cancellationToken);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Telegram is off: {Reason}")]
        internal static partial void Off(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Critical, Message = "The Telegram channel has stopped: {Reason} The web channel goes on.")]
        internal static partial void Stopped(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Another program polls Telegram with the same token, or a webhook is set. This one waits and tries again; no update is lost.")]
        internal static partial void Conflict(ILogger logger);
    }
}
