using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Channels.DirectLine;

/// <summary>Wire records of Direct Line 3.0 (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-concepts).</summary>
internal sealed record TokenResponse(
    string ConversationId, string Token, [property: JsonPropertyName("expires_in")] int ExpiresIn, string? StreamUrl = null, string? ReferenceGrammarId = null);

internal sealed record ActivitySet(IReadOnlyList<WireActivity> Activities, string? Watermark);

internal sealed record ResourceResponse(string Id);

internal sealed record WireActivity(string Type, string? Id, string? Timestamp, string ChannelId, WireConversation Conversation, WireAccount From)
{
    public string? Text { get; init; }

    public string? TextFormat { get; init; }

    public string? Locale { get; init; }

    public string? ReplyToId { get; init; }

    public WireSuggestedActions? SuggestedActions { get; init; }

    public IReadOnlyList<WireAttachment>? Attachments { get; init; }

    public JsonElement? ChannelData { get; init; }
}

internal sealed record WireConversation(string Id);

internal sealed record WireAccount(string Id, string? Name, string Role);

internal sealed record WireSuggestedActions(IReadOnlyList<WireCardAction> Actions);

internal sealed record WireAttachment(string ContentType, WireCard Content);

internal sealed record WireCard(IReadOnlyList<WireCardAction> Buttons);

internal sealed record WireCardAction(string Type, string Title, string Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ActivitySet))]
[JsonSerializable(typeof(ResourceResponse))]
internal sealed partial class DirectLineJson : JsonSerializerContext
{
    /// <summary>Letters with accents are written as they are: half the bytes of their escapes.</summary>
    internal static readonly DirectLineJson Plain = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
