using System.Text.Json;
using System.Text.Json.Serialization;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;

namespace OgpBot.Conversations.Messages;

/// <summary>What a stored message of the bot holds beside its text.</summary>
public sealed record ActivityExtra
{
    public IReadOnlyList<string>? Choices { get; init; }

    public Progress? Progress { get; init; }

    public IReadOnlyDictionary<string, string>? Facts { get; init; }

    public static ActivityExtra Read(string? json) =>
        json is null ? new() : JsonSerializer.Deserialize(json, ActivityExtraJson.Default.ActivityExtra) ?? new();

    internal static Reply Write(Activity activity)
    {
        if (activity is { Choices.Count: 0, Progress: null, Facts: null or { Count: 0 } })
        {
            return new Reply(activity.Text, null);
        }

        var extra = new ActivityExtra
        {
            Choices = activity.Choices.Count > 0 ? activity.Choices : null,
            Progress = activity.Progress,
            Facts = activity.Facts is { Count: > 0 } ? activity.Facts : null,
        };
        return new Reply(activity.Text, JsonSerializer.Serialize(extra, ActivityExtraJson.Default.ActivityExtra));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ActivityExtra))]
internal sealed partial class ActivityExtraJson : JsonSerializerContext;
