using OgpBot.Conversations;
using OgpBot.Dialogs;
using OgpBot.Storage;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Extensions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Sends what turns have left to be sent: stored with the turn, sent after, then noted as sent. After a crash what is not noted is sent again, so that a
/// message comes twice only where it was accepted and that answer was lost. Chats are served side by side, each in order.
/// </summary>
internal sealed partial class TelegramOutbox(
    TelegramBot bot, TelegramPace pace, ConversationReader reader, TurnWriter writer, DatabaseStart start, TimeProvider clock, ILogger<TelegramOutbox> logger)
    : BackgroundService, IChannel
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StoragePause = TimeSpan.FromSeconds(1);

    // A restart takes about as long, so a shorter silence need not outlive it.
    private static readonly TimeSpan ShortestKept = TimeSpan.FromSeconds(2);

    private static readonly LinkPreviewOptions NoPreview = new() { IsDisabled = true };

    private readonly Dictionary<string, Lane> lanes = [];
    private readonly CancellationTokenSource stopping = new();

    public string Name => TelegramIntake.Channel;

    public bool Sends => true;

    public IReadOnlyList<string> Split(string text) => TelegramText.Split(text) is { Count: > 0 } parts ? parts : [text];

    public void Announce(string conversationId)
    {
        if (bot.Client is null || stopping.IsCancellationRequested)
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
        if (bot.Client is not null && !stopping.IsCancellationRequested)
        {
            _ = ShowTypingAsync(conversationId);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Task[] inHand;
        lock (lanes)
        {
            inHand = [.. lanes.Values.Select(lane => lane.Work)];
        }

        await Task.WhenAny(Task.WhenAll(inHand), Task.Delay(DrainLimit, clock, cancellationToken));
        await stopping.CancelAsync();
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (bot.Client is null)
        {
            return;
        }

        try
        {
            await start.Ready.WaitAsync(stoppingToken);
            await bot.Welcome.WaitAsync(stoppingToken);
            foreach (var conversation in reader.WithOutbox())
            {
                Announce(conversation);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops before Telegram has said that it knows the bot.
        }
    }

    // Tried once: what comes late says nothing.
    private async Task ShowTypingAsync(string conversationId)
    {
        await Task.Yield();
        TelegramAddress address = default;
        try
        {
            if (TelegramAddress.Read(reader.AddressOf(conversationId)) is { } found && !pace.IsSilent(found.Chat))
            {
                address = found;
                await bot.Client!.SendChatAction(address.Chat, ChatAction.Typing, cancellationToken: stopping.Token);
            }
        }
        catch (RequestException error) when (error.RetryAfter() is { } wait)
        {
            pace.Obey(address.Chat, wait);
        }
        catch (RequestException error) when (error.Remedy() == TelegramRemedy.StopChat)
        {
            await BlockAsync(address);
        }
        catch (Exception error) when (error is RequestException or StorageUnavailableException or OperationCanceledException)
        {
            // The answer itself will tell what is wrong.
        }
    }

    private async Task ServeAsync(string conversationId, Lane lane)
    {
        await Task.Yield();
        try
        {
            await bot.Welcome.WaitAsync(stopping.Token);
            do
            {
                lane.Again = false;
                while (reader.NextToSend(conversationId) is { } message && await TrySendAsync(message))
                {
                }
            }
            while (!Leave(conversationId, lane));
            return;
        }
        catch (Exception error) when (error is OperationCanceledException or StorageUnavailableException)
        {
            // It stays in the outbox and is sent with the next message, or after the next start.
        }
        catch (RequestException error)
        {
            Log.Stopped(logger, error.Message);
        }

        lock (lanes)
        {
            lanes.Remove(conversationId);
        }
    }

    private bool Leave(string conversationId, Lane lane)
    {
        lock (lanes)
        {
            return !lane.Again && lanes.Remove(conversationId);
        }
    }

    /// <returns>False where nothing more of this conversation can be sent by this bot.</returns>
    private async Task<bool> TrySendAsync(OutboxMessage message)
    {
        if (message.Address is null || message.Blocked)
        {
            await FinishAsync(message, Delivery.GivenUp, null);
            return true;
        }

        if (TelegramAddress.Read(message.Address) is not { } address || address.Bot != bot.Id)
        {
            return false;
        }

        if (message.SilentUntil - clock.GetUtcNow() is { Ticks: > 0 } silence)
        {
            // Told to an earlier run of the program, perhaps.
            pace.Obey(address.Chat, silence);
        }

        if (message.ReplyTo is { } answered && reader.OpenChoices(message.ConversationId, answered) is { } choices)
        {
            await SettleAsync(address, choices, message.ConversationId, answered);

            // It is read again: it may have turned out that she blocked the bot.
            return true;
        }

        var html = HtmlText.Escape(message.Text);
        var buttons = TelegramButtons.Of(message.Seq, ActivityExtra.Read(message.Extra).Choices);
        long? sentAs = null;
        async Task SendAsync()
        {
            // It may have been erased while it waited.
            if (reader.IsToBeSent(message.ConversationId, message.Seq))
            {
                sentAs = (await bot.Client!.SendMessage(
                    address.Chat, html, ParseMode.Html, replyMarkup: buttons, linkPreviewOptions: NoPreview, cancellationToken: stopping.Token)).Id;
            }
        }

        var delivery = await CallAsync(address, () => pace.SendAsync(address.Chat, SendAsync, stopping.Token));
        await FinishAsync(message, sentAs is null ? Delivery.GivenUp : delivery, sentAs);
        return true;
    }

    // The last word after an erasure still needs the address; then that goes too.
    private async Task FinishAsync(OutboxMessage message, Delivery delivery, long? sentAs)
    {
        await NoteAsync(message.ConversationId, message.Seq, delivery, sentAs);
        if (message.Erased)
        {
            await StoreAsync(session => session.ForgetAddressAsync(message.ConversationId));
        }
    }

    // Used buttons are taken away, and the choice is shown in their place.
    private async Task SettleAsync(TelegramAddress address, SentChoices choices, string conversationId, int answered)
    {
        var said = TextFold.Fold(reader.TextOf(conversationId, answered) ?? "");
        var chosen = choices.Choices.FirstOrDefault(choice => TextFold.Fold(choice) == said);
        await CallAsync(address, async () =>
        {
            await pace.WhenAllowedAsync(address.Chat, stopping.Token);
            if (chosen is null)
            {
                await bot.Client!.EditMessageReplyMarkup(address.Chat, (int)choices.SentAs, cancellationToken: stopping.Token);
            }
            else
            {
                await bot.Client!.EditMessageText(
                    address.Chat, (int)choices.SentAs, WithChoice(choices.Text, chosen), ParseMode.Html, linkPreviewOptions: NoPreview, cancellationToken: stopping.Token);
            }
        });
        await NoteAsync(conversationId, choices.Seq, Delivery.Settled, null);
    }

    private static string WithChoice(string text, string chosen)
    {
        var shown = $"{text}\n\n✓ {chosen}";
        return HtmlText.Escape(shown.Length <= TelegramText.Longest ? shown : text);
    }

    /// <summary>Makes a call until it is done, or never can be.</summary>
    private async Task<Delivery> CallAsync(TelegramAddress address, Func<Task> call)
    {
        try
        {
            await pace.UntilTakenAsync(address.Chat, call, stopping.Token, silenced: wait => KeepSilenceAsync(address, wait));
            return Delivery.Sent;
        }
        catch (RequestException error) when (error.Remedy() == TelegramRemedy.Ignore)
        {
            return Delivery.Sent;
        }
        catch (RequestException error) when (error.Remedy() == TelegramRemedy.StopChat)
        {
            await BlockAsync(address);
        }
        catch (RequestException error) when (error.Remedy() == TelegramRemedy.GiveUp)
        {
            Log.GivenUp(logger, error.Message);
        }

        return Delivery.GivenUp;
    }

    private Task BlockAsync(TelegramAddress address) => StoreAsync(session => session.BlockAsync(Name, address.ToString(), clock.GetUtcNow()));

    private Task KeepSilenceAsync(TelegramAddress address, TimeSpan wait) => wait < ShortestKept
        ? Task.CompletedTask
        : StoreAsync(session => session.SilenceAsync(Name, address.ToString(), clock.GetUtcNow() + wait));

    private Task NoteAsync(string conversationId, int seq, Delivery delivery, long? sentAs) =>
        StoreAsync(session => session.DeliverAsync(conversationId, seq, delivery, sentAs));

    // What was sent must be noted, however long the database takes: else it would be sent again.
    private async Task StoreAsync(Func<TurnSession, ValueTask<bool>> write)
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

    private sealed class Lane
    {
        internal Task Work { get; set; } = Task.CompletedTask;

        internal bool Again { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Telegram refuses a message for ever: {Reason}")]
        internal static partial void GivenUp(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Critical, Message = "Nothing can be sent to Telegram: {Reason}")]
        internal static partial void Stopped(ILogger logger, string reason);
    }
}
