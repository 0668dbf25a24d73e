using System.Globalization;
using System.Text.RegularExpressions;
using OgpBot.Conversations;
using OgpBot.Dialogs;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Keeps what an update brings, under its permanent key (bot, update): when it returns it is safe and may be confirmed, and a
/// second time changes nothing. Of the citizen's account only the chat's number is kept.
/// </summary>
internal sealed partial class TelegramIntake(
    TelegramBot bot, TelegramAnswers answers, ConversationInbox inbox, ConversationReader reader, TurnWriter writer, Lazy<DialogLibrary> library, TimeProvider clock)
{
    internal const string Channel = "telegram";

    /// <summary>Keeps a batch: updates of a chat one after the other, chats side by side.</summary>
    internal Task AcceptAsync(IEnumerable<Update> updates, CancellationToken cancellationToken) =>
        Task.WhenAll(updates.GroupBy(ChatOf).Select(async chat =>
        {
            foreach (var update in chat)
            {
                await AcceptAsync(update, cancellationToken);
            }
        }));

    internal async Task AcceptAsync(Update update, CancellationToken cancellationToken)
    {
        var account = await bot.Account;
        switch (update)
        {
            case { CallbackQuery: { } query }:
                await AcceptPressAsync(account, update.UpdateId, query, cancellationToken);
                break;
            case { Message: { Chat.IsPrivate: true } message } when message.Text is not null || message.IsUnreadable:
                await AcceptAsync(account, update.UpdateId, message, message.Text is null ? ActivityKind.Unreadable : ActivityKind.Message, cancellationToken);
                break;
            case { EditedMessage: { Chat.IsPrivate: true } message }:
                await AcceptAsync(account, update.UpdateId, message with { Text = null }, ActivityKind.Edited, cancellationToken);
                break;
            case { Message: { Chat.IsPrivate: false } message }:
                await AcceptGroupAsync(account, update.UpdateId, message, cancellationToken);
                break;
            case { MyChatMember: { NewChatMember.Status: "kicked" } member }:
                await BlockAsync(new TelegramAddress(account.Id, member.Chat.Id), cancellationToken);
                break;
        }
    }

    /// <summary>Nothing more is sent to who blocked the bot, until she writes again.</summary>
    private Task BlockAsync(TelegramAddress address, CancellationToken cancellationToken) =>
        writer.WriteAsync(session => session.BlockAsync(Channel, address.ToString(), clock.GetUtcNow()), cancellationToken);

    private static long ChatOf(Update update) =>
        (update.Message ?? update.EditedMessage ?? update.CallbackQuery?.Message)?.Chat.Id ?? update.CallbackQuery?.From.Id ?? update.MyChatMember?.Chat.Id ?? 0;

    private Task AcceptAsync(BotAccount account, long update, Message message, ActivityKind kind, CancellationToken cancellationToken)
    {
        var text = IncomingText.Clean(message.Text ?? "");
        var command = CommandForm().Match(text);
        var payload = command.Groups["payload"];
        var isStart = command.Groups["command"].Value == "/start";
        var incoming = new Incoming(
            "",
            KeyOf(account, update),
            kind,
            command.Success ? command.Groups["command"].Value : text,
            isStart && payload.Success ? IncomingSource.Write(payload.Value) : null);
        var address = new TelegramAddress(account.Id, message.Chat.Id).ToString();
        return inbox.AcceptFromAddressAsync(Channel, address, LanguageOf(message.From), incoming, cancellationToken);
    }

    // A group gets one sentence, with the first thing that is said in it, and silence after.
    private Task AcceptGroupAsync(BotAccount account, long update, Message message, CancellationToken cancellationToken)
    {
        var address = new TelegramAddress(account.Id, message.Chat.Id).ToString();
        return message.Text is null || reader.FindByAddress(Channel, address) is not null
            ? Task.CompletedTask
            : inbox.AcceptFromAddressAsync(
                Channel,
                address,
                LanguageOf(message.From),
                new Incoming("", KeyOf(account, update), ActivityKind.Group, null, null),
                cancellationToken);
    }

    private async Task AcceptPressAsync(BotAccount account, long update, CallbackQuery query, CancellationToken cancellationToken)
    {
        var address = new TelegramAddress(account.Id, query.Message?.Chat.Id ?? query.From.Id);
        var conversation = reader.FindByAddress(Channel, address.ToString());
        var key = KeyOf(account, update);
        var isKept = conversation is not null && reader.Knows(conversation, key);
        var label = conversation is not null && !isKept && TelegramButtons.Read(query.Data) is { } pressed
            ? reader.ChoicesIfOpen(conversation, pressed.Seq)?.ElementAtOrDefault(pressed.At)
            : null;
        if (label is not null)
        {
            var incoming = new Incoming("", key, ActivityKind.Message, label, null);
            await inbox.AcceptFromAddressAsync(Channel, address.ToString(), LanguageOf(query.From), incoming, cancellationToken);
        }

        answers.Add(query, label is null && !isKept ? library.Value.Texts[LanguageOf(query.From)].Plain("host.old_button") : null);
    }

    private static string KeyOf(BotAccount account, long update) => string.Create(CultureInfo.InvariantCulture, $"update:{account.Id}:{update}");

    // Spanish first: another language only where the citizen's own Telegram speaks it, and we do.
    private string LanguageOf(User? user)
    {
        var language = user?.LanguageCode?.Split('-')[0] ?? "";
        return library.Value.Texts.ContainsKey(language) ? language : LocalizedText.DefaultLanguage;
    }

    [GeneratedRegex(@"\A(?<command>/[a-z_]{1,32})(@\w+)?(\s+(?<payload>[A-Za-z0-9_-]{1,64}))?\s*\z")]
    private static partial Regex CommandForm();
}
