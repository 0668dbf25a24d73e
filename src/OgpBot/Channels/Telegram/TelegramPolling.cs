using OgpBot.Channels.Telegram.Api;
using OgpBot.Dialogs;
using OgpBot.Settings;
using OgpBot.Storage;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Introduces the bot and fetches updates. Each batch is stored, then confirmed. It goes on whatever Telegram or the network does. Only a token that Telegram
/// does not know ends the channel, and never the host.
/// </summary>
internal sealed partial class TelegramPolling(
    TelegramBot bot, TelegramPace pace, TelegramIntake intake, OgpBotOptions options, Lazy<DialogLibrary> library, DatabaseStart start,
    TimeProvider clock, ILogger<TelegramPolling> logger)
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
            await bot.Client!.SendRequest(new GetRawUpdates(offset, TimeSpan.Zero), limit.Token);
        }
        catch (Exception error) when (error is RequestException or OperationCanceledException)
        {
            // It comes again, and is known by its key.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (bot.Client is null)
        {
            Log.Off(logger, bot.Refusal is null ? LogLevel.Information : LogLevel.Critical, bot.Refusal ?? "no token is set (OgpBot:Telegram:Token).");
            return;
        }

        await start.Ready.WaitAsync(stoppingToken);
        try
        {
            await CallAsync(client => client.GetMe(stoppingToken), stoppingToken);
            bot.BeWelcome();
            await CallAsync(
                client => bot.UsesWebhook
                    ? client.SetWebhook(
                        $"{options.Site}{TelegramWebhook.Path}", allowedUpdates: TelegramUpdate.Allowed,
                        secretToken: options.Telegram.WebhookSecret, cancellationToken: stoppingToken)
                    : client.DeleteWebhook(cancellationToken: stoppingToken),
                stoppingToken);
            var profile = TelegramProfile.SetAsync(library.Value, call => CallAsync(call, stoppingToken), stoppingToken);
            while (!bot.UsesWebhook && !stoppingToken.IsCancellationRequested)
            {
                await PollAsync(stoppingToken);
            }

            await profile;
        }
        catch (RequestException error)
        {
            Log.Stopped(logger, error.Message);
        }
    }

    private async Task PollAsync(CancellationToken cancellationToken)
    {
        asked = offset;
        IReadOnlyList<TelegramUpdate> batch = [];
        await CallAsync(async client => batch = TelegramUpdate.Read(await client.SendRequest(new GetRawUpdates(offset, Poll), cancellationToken)), cancellationToken);
        try
        {
            // At a stop, too, what has come is stored; the writer's own time limit bounds that.
            await intake.AcceptAsync(batch, CancellationToken.None);
            offset = batch.Count == 0 ? offset : Math.Max(offset, batch[^1].Id + 1);
        }
        catch (StorageUnavailableException)
        {
            // Not confirmed: it comes again.
            await Task.Delay(StoragePause, clock, cancellationToken);
        }
    }

    /// <exception cref="RequestException">It can't be done, now or later.</exception>
    private Task CallAsync(Func<ITelegramBotClient, Task> call, CancellationToken cancellationToken) => pace.UntilTakenAsync(
        null,
        async () =>
        {
            try
            {
                await call(bot.Client!);
            }
            catch (RequestException error) when (error.IsConflict())
            {
                Log.Conflict(logger);
                throw;
            }
        },
        cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(Message = "Telegram is off: {Reason}")]
        internal static partial void Off(ILogger logger, LogLevel level, string reason);

        [LoggerMessage(Level = LogLevel.Critical, Message = "The Telegram channel has stopped: {Reason} The web channel goes on.")]
        internal static partial void Stopped(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Another program polls Telegram with the same token, or a webhook is set. This one waits and tries again; no update is lost.")]
        internal static partial void Conflict(ILogger logger);
    }
}
