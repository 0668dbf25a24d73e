using OgpBot.Channels.Telegram.Api;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Storage;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Extensions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OgpBot.Channels.Telegram;

/// <summary>Sends replies to their chats, at the pace that Telegram allows.</summary>
internal sealed partial class TelegramOutbox(
    TelegramBot bot, TelegramPace pace, ConversationReader reader, TurnWriter writer, DatabaseStart start, TimeProvider clock, ILogger<TelegramOutbox> logger)
    : OutboxChannel(reader, writer, start, clock)
{
    // A restart takes about as long, so a shorter silence need not outlive it.
    private static readonly TimeSpan ShortestKept = TimeSpan.FromSeconds(2);

    private static readonly LinkPreviewOptions NoPreview = new() { IsDisabled = true };

    public override string Name => TelegramIntake.Channel;

    protected override bool IsOn => bot.Client is not null;

    public override IReadOnlyList<string> Split(string text) => TelegramText.Split(text) is { Count: > 0 } parts ? parts : [text];

    // Telegram must have said first that it knows the bot.
    protected override Task WhenReadyAsync(CancellationToken cancellationToken) => bot.Welcome.WaitAsync(cancellationToken);

    protected override async Task ShowTypingAsync(string conversationId)
    {
        await Task.Yield();
        TelegramAddress address = default;
        try
        {
            if (TelegramAddress.Read(Reader.AddressOf(conversationId)) is { } found && !pace.IsSilent(found.Chat))
            {
                address = found;
                await bot.Client!.SendChatAction(address.Chat, ChatAction.Typing, cancellationToken: Stopping);
            }
        }
        catch (RequestException error) when (error.RetryAfter() is { } wait)
        {
            pace.Obey(address.Chat, wait);
        }
        catch (RequestException error) when (error.Remedy() == DeliveryRemedy.StopConversation)
        {
            await BlockAsync(address);
        }
        catch (Exception error) when (error is RequestException or StorageUnavailableException or OperationCanceledException)
        {
            // The answer itself will tell what is wrong.
        }
    }

    protected override async Task<bool> TrySendAsync(OutboxMessage message)
    {
        try
        {
            if (bot.Welcome.IsCompleted)
            {
                return await SendAsync(message);
            }

            // Then it is read again: it may have been erased meanwhile.
            await bot.Welcome.WaitAsync(Stopping);
            return true;
        }
        catch (RequestException error)
        {
            Log.Stopped(logger, error.Message);
            return false;
        }
    }

    private async Task<bool> SendAsync(OutboxMessage message)
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

        if (message.SilentUntil - Clock.GetUtcNow() is { Ticks: > 0 } silence)
        {
            // Told to an earlier run of the program, perhaps.
            pace.Obey(address.Chat, silence);
        }

        if (message.ReplyTo is { } answered && Reader.OpenChoices(message.ConversationId, answered) is { } choices)
        {
            await SettleAsync(address, choices, message.ConversationId, answered);

            // It is read again: it may have turned out that she blocked the bot.
            return true;
        }

        var html = HtmlText.Escape(message.Text);
        var buttons = TelegramButtons.Of(message.Seq, ActivityExtra.Read(message.Extra).Choices);
        long? sentAs = null;
        async Task CallSendAsync()
        {
            // It may have been erased while it waited.
            if (Reader.IsToBeSent(message.ConversationId, message.Seq))
            {
                sentAs = (await bot.Client!.SendMessage(
                    address.Chat, html, ParseMode.Html, replyMarkup: buttons, linkPreviewOptions: NoPreview, cancellationToken: Stopping)).Id;
            }
        }

        var delivery = await CallAsync(address, () => pace.SendAsync(address.Chat, CallSendAsync, Stopping));
        await FinishAsync(message, sentAs is null ? Delivery.GivenUp : delivery, sentAs);
        return true;
    }

    // Used buttons are taken away, and the choice is shown in their place.
    private async Task SettleAsync(TelegramAddress address, SentChoices choices, string conversationId, int answered)
    {
        var said = TextFold.Fold(Reader.TextOf(conversationId, answered) ?? "");
        var chosen = choices.Choices.FirstOrDefault(choice => TextFold.Fold(choice) == said);
        await CallAsync(address, async () =>
        {
            await pace.WhenAllowedAsync(address.Chat, Stopping);
            if (chosen is null)
            {
                await bot.Client!.EditMessageReplyMarkup(address.Chat, (int)choices.SentAs, cancellationToken: Stopping);
            }
            else
            {
                await bot.Client!.EditMessageText(
                    address.Chat, (int)choices.SentAs, WithChoice(choices.Text, chosen), ParseMode.Html,
                    linkPreviewOptions: NoPreview, cancellationToken: Stopping);
            }
        });
        await StoreAsync(session => session.DeliverAsync(conversationId, choices.Seq, Delivery.Settled, null));
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
            await pace.UntilTakenAsync(address.Chat, call, Stopping, silenced: wait => KeepSilenceAsync(address, wait));
            return Delivery.Sent;
        }
        catch (RequestException error) when (error.Remedy() == DeliveryRemedy.Done)
        {
            return Delivery.Sent;
        }
        catch (RequestException error) when (error.Remedy() == DeliveryRemedy.StopConversation)
        {
            await BlockAsync(address);
        }
        catch (RequestException error) when (error.Remedy() == DeliveryRemedy.GiveUp)
        {
            Log.GivenUp(logger, error.Message);
        }

        return Delivery.GivenUp;
    }

    private Task BlockAsync(TelegramAddress address) => StoreAsync(session => session.BlockAsync(Name, address.ToString(), Clock.GetUtcNow()));

    private Task KeepSilenceAsync(TelegramAddress address, TimeSpan wait) => wait < ShortestKept
        ? Task.CompletedTask
        : StoreAsync(session => session.SilenceAsync(Name, address.ToString(), Clock.GetUtcNow() + wait));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Telegram refuses a message for ever: {Reason}")]
        internal static partial void GivenUp(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Critical, Message = "Nothing can be sent to Telegram: {Reason}")]
        internal static partial void Stopped(ILogger logger, string reason);
    }
}
