using System.Globalization;
using System.Text.RegularExpressions;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Keeps what an update brings, under its permanent key (bot, update). When it returns, the update is safe and may be confirmed; a second time changes nothing.
/// Of the citizen's account only the chat's number is kept.
/// </summary>
internal sealed partial class TelegramIntake(
    TelegramBot bot, TelegramPresses presses, ConversationInbox inbox, ConversationReader reader, TurnWriter writer,
    Lazy<DialogLibrary> library, TimeProvider clock)
{
    internal const string Channel = "telegram";

    // Telegram's apps cut what is longer than 4,096, at a blank where they can.
    private const int LongestWhole = 4000;

    private readonly Lock brought = new();
    private long lastBrought;

    /// <summary>Keeps a batch: updates of a chat one after the other, chats side by side.</summary>
    internal Task AcceptAsync(IEnumerable<TelegramUpdate> updates, CancellationToken cancellationToken) =>
        Task.WhenAll(updates.GroupBy(update => ChatOf(update.Content)).Select(async chat =>
        {
            foreach (var update in chat)
            {
                await AcceptAsync(update, cancellationToken);
            }
        }));

    /// <summary>Keeps an update that Telegram brings by itself: one may overtake another.</summary>
    internal async Task AcceptBroughtAsync(TelegramUpdate update, CancellationToken cancellationToken)
    {
        var last = Exchange(last => Math.Max(last, update.Id));
        try
        {
            await AcceptAsync(update, cancellationToken, overtook: update.Id > last + 1);
        }
        catch
        {
            Exchange(last => Math.Min(last, update.Id - 1));
            throw;
        }
    }

    private long Exchange(Func<long, long> change)
    {
        lock (brought)
        {
            var before = lastBrought;
            lastBrought = change(before);
            return before;
        }
    }

    private Task AcceptAsync(TelegramUpdate update, CancellationToken cancellationToken, bool overtook = false) => update.Content switch
    {
        { CallbackQuery: { Id: not null } query } => AcceptPressAsync(update.Id, query, cancellationToken),
        { Message: { Chat.Type: ChatType.Private } message } when IsOfTheCitizen(message) => AcceptAsync(update.Id, message, overtook, cancellationToken),
        { EditedMessage: { Chat.Type: ChatType.Private } message } => AcceptEditAsync(message, cancellationToken),
        { Message: { Chat.Type: not ChatType.Private } message } => AcceptGroupAsync(update.Id, message, cancellationToken),
        { MyChatMember: { Chat: { } chat, NewChatMember.Status: ChatMemberStatus.Kicked } } => BlockAsync(AddressOf(chat.Id), cancellationToken),
        _ => Task.CompletedTask,
    };

    // Notices of the service itself (a pinned message, a new title) are not meant; what nobody knows yet may be hers.
    private static bool IsOfTheCitizen(Message message) => !message.IsServiceMessage || message.Type == MessageType.Unknown;

    /// <summary>Nothing more is sent to who blocked the bot, until she writes again.</summary>
    private Task BlockAsync(string address, CancellationToken cancellationToken) =>
        writer.WriteAsync(session => session.BlockAsync(Channel, address, clock.GetUtcNow()), cancellationToken);

    private string AddressOf(long chat) => new TelegramAddress(bot.Id, chat).ToString();

    // What Telegram promises to be there, and the library believes to be, may be missing all the same.
    private static long ChatOf(Update update) => (update.Message ?? update.EditedMessage)?.Chat?.Id ?? ChatOf(update.CallbackQuery) ?? update.MyChatMember?.Chat?.Id ?? 0;

    private static long? ChatOf(CallbackQuery? query) => query?.Message?.Chat?.Id ?? query?.From?.Id;

    // What is written with a photo or a file is the text.
    private Task AcceptAsync(long update, Message message, bool overtook, CancellationToken cancellationToken)
    {
        var written = message.Text ?? message.Caption;
        var text = IncomingText.Clean(written ?? "");
        var command = CommandForm().Match(text);
        var payload = command.Groups["payload"];
        var isStart = command.Groups["command"].Value == "/start";
        var part = new IncomingPart
        {
            Sent = new DateTimeOffset(message.Date, TimeSpan.Zero).ToUnixTimeSeconds(),
            Cut = message.Text?.Length >= LongestWhole,
            Album = message.MediaGroupId,
            File = message.Text is null,
            Overtook = overtook,
        };
        var incoming = command.Success
            ? new Incoming("", KeyOf(update), ActivityKind.Message, command.Groups["command"].Value,
                isStart && payload.Success ? IncomingExtra.WriteSource(payload.Value) : null)
            : new Incoming("", KeyOf(update), written is null ? ActivityKind.Unreadable : ActivityKind.Message, text, part.Write()) { Number = message.Id };
        return KeepAsync(message.Chat.Id, message.From, incoming, cancellationToken);
    }

    // Kept once a message, however often it is changed: a live location is by itself.
    private Task AcceptEditAsync(Message message, CancellationToken cancellationToken) => reader.FindByAddress(Channel, AddressOf(message.Chat.Id)) is null
        ? Task.CompletedTask
        : KeepAsync(
            message.Chat.Id,
            message.From,
            new Incoming("", string.Create(CultureInfo.InvariantCulture, $"edited:{bot.Id}:{message.Id}"), ActivityKind.Edited, "", null) { Number = message.Id },
            cancellationToken);

    private Task KeepAsync(long chat, User? citizen, Incoming incoming, CancellationToken cancellationToken) =>
        inbox.AcceptFromAddressAsync(Channel, AddressOf(chat), LanguageOf(citizen), incoming, cancellationToken);

    // A group gets one sentence, with the first thing that is said in it, and silence after.
    private Task AcceptGroupAsync(long update, Message message, CancellationToken cancellationToken) =>
        message.Text is null || reader.FindByAddress(Channel, AddressOf(message.Chat.Id)) is not null
            ? Task.CompletedTask
            : KeepAsync(message.Chat.Id, message.From, new Incoming("", KeyOf(update), ActivityKind.Group, null, null), cancellationToken);

    private async Task AcceptPressAsync(long update, CallbackQuery query, CancellationToken cancellationToken)
    {
        var chat = ChatOf(query) ?? 0;
        var conversation = reader.FindByAddress(Channel, AddressOf(chat));
        var key = KeyOf(update);
        var isKept = conversation is not null && reader.Knows(conversation, key);
        var label = conversation is not null && !isKept && TelegramButtons.Read(query.Data) is { } pressed
            ? reader.ChoicesIfOpen(conversation, pressed.Seq)?.ElementAtOrDefault(pressed.At)
            : null;
        if (label is not null)
        {
            await KeepAsync(chat, query.From, new Incoming("", key, ActivityKind.Message, label, null), cancellationToken);
        }

        presses.Answer(query.Id, label is null && !isKept ? library.Value.Texts[LanguageOf(query.From)].Plain("host.old_button") : null);
    }

    private string KeyOf(long update) => string.Create(CultureInfo.InvariantCulture, $"update:{bot.Id}:{update}");

    // Spanish first: another language only where the citizen's own Telegram speaks it, and we do.
    private string LanguageOf(User? user) => library.Value.LanguageOf(user?.LanguageCode) ?? LocalizedText.DefaultLanguage;

    [GeneratedRegex(@"\A(?<command>/[a-z_]{1,32})(@\w+)?(\s+(?<payload>[A-Za-z0-9_-]{1,64}))?\s*\z")]
    private static partial Regex CommandForm();
}
