using System.Text.Json;
using Telegram.Bot;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace OgpBot.Channels.Telegram.Api;

/// <summary>
/// One update, read alone. The library reads a batch whole or not at all, so one new word of Telegram's in it would hold up everybody. Of an update that can't
/// be read the chat and the words are kept, where they can be told, as a message of no known kind.
/// </summary>
internal sealed record TelegramUpdate(long Id, Update Content)
{
    /// <summary>Left out, Telegram would go by what some earlier process asked for.</summary>
    internal static readonly UpdateType[] Allowed = [UpdateType.Message, UpdateType.EditedMessage, UpdateType.CallbackQuery, UpdateType.MyChatMember];

    /// <summary>In the order of their numbers, each once.</summary>
    internal static IReadOnlyList<TelegramUpdate> Read(IEnumerable<JsonElement> batch) =>
        [.. batch.Select(Read).OfType<TelegramUpdate>().OrderBy(update => update.Id).DistinctBy(update => update.Id)];

    /// <returns>Null where there is not even a number, without which nothing can be confirmed.</returns>
    internal static TelegramUpdate? Read(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("update_id", out var number)
        && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var id) && id > 0
            ? new(id, As<Update>(json) ?? As<Outline>(json)?.ToUpdate() ?? new Update())
            : null;

    private static T? As<T>(JsonElement json)
        where T : class
    {
        try
        {
            return json.Deserialize<T>(JsonBotAPI.Options);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // Whatever its converters throw, and now and then they will: it says nothing but that this can't be read.
            return null;
        }
    }

    private sealed record Outline(Place? Message, Place? EditedMessage, Press? CallbackQuery)
    {
        // What was pressed under is the bot's own message, so its words are not the citizen's.
        internal Update ToUpdate() => new()
        {
            Message = (Message ?? (CallbackQuery?.Message is { } pressed ? new Place(pressed.Chat) : null))?.ToMessage(),
            EditedMessage = EditedMessage?.ToMessage(),
        };
    }

    private sealed record Press(Place? Message);

    private sealed record Place(Chat? Chat, JsonElement MessageId = default, JsonElement Date = default, string? Text = null,
        string? Caption = null, string? MediaGroupId = null)
    {
        internal Message? ToMessage() => Chat is null ? null : new Message
        {
            Chat = Chat,
            Id = NumberIn(MessageId),
            Date = DateTime.UnixEpoch.AddSeconds(NumberIn(Date)),
            Text = Text,
            Caption = Caption,
            MediaGroupId = MediaGroupId,
        };

        // A number may be the very thing that can't be read.
        private static int NumberIn(JsonElement json) => json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? number : 0;
    }
}

/// <summary>Asks for a batch that is not read yet. It confirms all updates below the offset (0: none) and waits for more, up to 50 s.</summary>
internal sealed class GetRawUpdates(long offset, TimeSpan poll) : RequestBase<JsonElement[]>("getUpdates")
{
    public long Offset => offset;

    public int Limit { get; } = 100;

    public int Timeout => (int)poll.TotalSeconds;

    public IReadOnlyList<UpdateType> AllowedUpdates { get; } = TelegramUpdate.Allowed;
}
