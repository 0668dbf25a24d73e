using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Benchmarks;

// The parts of Direct Line 3.0's records that a citizen's client needs; the rest of an activity is skipped unread.
internal sealed record IssuedToken(string ConversationId, string Token);

internal sealed record TokenClaims(string User);

internal sealed record PostedActivity(string Id);

internal sealed record ActivitySet(IReadOnlyList<Activity> Activities, string Watermark);

internal sealed record Activity(string? Type, ChannelAccount? From, string? Text, string? ReplyToId, SuggestedActions? SuggestedActions);

internal sealed record ChannelAccount(string? Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role);

internal sealed record SuggestedActions(IReadOnlyList<CardAction>? Actions);

internal sealed record CardAction(string? Value);

internal sealed record OutgoingActivity(string Type, ChannelAccount From, string Text, string Locale, ClientData ChannelData);

internal sealed record ClientData([property: JsonPropertyName("clientActivityID")] string ClientActivityId);

internal sealed record CounterReadings(long? Turns, long? Commits, long? Flushes);

/// <summary>Reads and writes these records without reflection; letters with accents go out as UTF-8, as a browser sends them.</summary>
[JsonSerializable(typeof(IssuedToken))]
[JsonSerializable(typeof(TokenClaims))]
[JsonSerializable(typeof(PostedActivity))]
[JsonSerializable(typeof(ActivitySet))]
[JsonSerializable(typeof(OutgoingActivity))]
[JsonSerializable(typeof(CounterReadings))]
[JsonSerializable(typeof(string))]
internal sealed partial class BenchmarkJson : JsonSerializerContext
{
    public static BenchmarkJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
