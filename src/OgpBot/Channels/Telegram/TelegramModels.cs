using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Wire records of the Bot API (https://core.telegram.org/bots/api), with only the fields this bot reads: what is not read can't be kept, so no
/// name, username or phone of a citizen gets further than the parser.
/// </summary>
internal sealed record Update(long UpdateId)
{
    public Message? Message { get; init; }

    public Message? EditedMessage { get; init; }

    public CallbackQuery? CallbackQuery { get; init; }

    public ChatMemberUpdated? MyChatMember { get; init; }

    /// <summary>Reads one update; of one that is not understood only the number is left, so that it is confirmed and holds up nobody.</summary>
    /// <returns>Null where there is not even a number.</returns>
    internal static Update? Read(JsonElement json)
    {
        try
        {
            return json.Deserialize(TelegramJson.Default.Update) is { UpdateId: > 0 } update ? update : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty("update_id", out var number)
                && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var id) ? new Update(id) : null;
        }
    }
}

/// <summary>Updates in the order of their numbers, each once, and the offset that confirms them with the next call.</summary>
internal sealed record UpdateBatch(IReadOnlyList<Update> Updates, long NextOffset);

internal sealed record Message(long MessageId, Chat Chat)
{
    public User? From { get; init; }

    public string? Text { get; init; }

    public InlineKeyboardMarkup? ReplyMarkup { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Photo { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Voice { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Audio { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Video { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool VideoNote { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Animation { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Sticker { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Document { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Location { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Venue { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Contact { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Poll { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Dice { get; init; }

    [JsonConverter(typeof(PresenceConverter))]
    public bool Story { get; init; }

    /// <summary>The citizen sent something that is no text. Notices of the service itself (a pinned message, a new title) are not meant.</summary>
    [JsonIgnore]
    public bool IsUnreadable => Text is null && (Photo || Voice || Audio || Video || VideoNote || Animation || Sticker || Document
        || Location || Venue || Contact || Poll || Dice || Story);
}

internal sealed record Chat(long Id, string Type)
{
    [JsonIgnore]
    public bool IsPrivate => Type == "private";
}

internal sealed record User(long Id)
{
    public string? LanguageCode { get; init; }
}

/// <summary>A pressed button. <see cref="Message"/> is missing, or without text, where it is too old.</summary>
internal sealed record CallbackQuery(string Id, User From)
{
    public Message? Message { get; init; }

    public string? Data { get; init; }
}

/// <summary>The citizen blocked the bot (<c>kicked</c>) or let it in again (<c>member</c>).</summary>
internal sealed record ChatMemberUpdated(Chat Chat, ChatMember NewChatMember);

internal sealed record ChatMember(string Status);

/// <summary>The bot itself, as getMe tells.</summary>
internal sealed record BotAccount(long Id, string Username);

internal sealed record InlineKeyboardMarkup(IReadOnlyList<IReadOnlyList<InlineKeyboardButton>> InlineKeyboard);

/// <summary>Exactly one of <see cref="CallbackData"/> (1–64 bytes of UTF-8) and <see cref="Url"/>.</summary>
internal sealed record InlineKeyboardButton(string Text)
{
    public string? CallbackData { get; init; }

    public string? Url { get; init; }
}

internal sealed record BotCommand(string Command, string Description);

/// <summary>What surrounds every answer.</summary>
internal sealed record TelegramEnvelope(bool Ok)
{
    public JsonElement Result { get; init; }

    public int? ErrorCode { get; init; }

    public string? Description { get; init; }

    public ResponseParameters? Parameters { get; init; }
}

internal sealed record ResponseParameters
{
    /// <summary>Seconds.</summary>
    public int? RetryAfter { get; init; }
}

internal sealed record NoParameters;

internal sealed record GetUpdates(long Offset, int Limit, int Timeout, IReadOnlyList<string> AllowedUpdates);

internal sealed record SetWebhook(string Url, string SecretToken, IReadOnlyList<string> AllowedUpdates);

internal sealed record SendMessage(long ChatId, string Text, string ParseMode, LinkPreviewOptions LinkPreviewOptions, InlineKeyboardMarkup? ReplyMarkup);

internal sealed record EditMessageText(
    long ChatId, long MessageId, string Text, string ParseMode, LinkPreviewOptions LinkPreviewOptions, InlineKeyboardMarkup? ReplyMarkup);

internal sealed record EditMessageReplyMarkup(long ChatId, long MessageId, InlineKeyboardMarkup? ReplyMarkup);

internal sealed record LinkPreviewOptions(bool IsDisabled);

internal sealed record AnswerCallbackQuery(string CallbackQueryId, string? Text);

internal sealed record SendChatAction(long ChatId, string Action);

internal sealed record SetMyCommands(IReadOnlyList<BotCommand> Commands, string? LanguageCode);

internal sealed record SetMyDescription(string Description, string? LanguageCode);

internal sealed record SetMyShortDescription(string ShortDescription, string? LanguageCode);

/// <summary>Reads only that something is there; its content (a place, a phone number) is skipped.</summary>
internal sealed class PresenceConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var isThere = reader.TokenType != JsonTokenType.Null;
        reader.Skip();
        return isThere;
    }

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TelegramEnvelope))]
[JsonSerializable(typeof(Update))]
[JsonSerializable(typeof(BotAccount))]
[JsonSerializable(typeof(NoParameters))]
[JsonSerializable(typeof(GetUpdates))]
[JsonSerializable(typeof(SetWebhook))]
[JsonSerializable(typeof(SendMessage))]
[JsonSerializable(typeof(EditMessageText))]
[JsonSerializable(typeof(EditMessageReplyMarkup))]
[JsonSerializable(typeof(AnswerCallbackQuery))]
[JsonSerializable(typeof(SendChatAction))]
[JsonSerializable(typeof(SetMyCommands))]
[JsonSerializable(typeof(SetMyDescription))]
[JsonSerializable(typeof(SetMyShortDescription))]
internal sealed partial class TelegramJson : JsonSerializerContext;
