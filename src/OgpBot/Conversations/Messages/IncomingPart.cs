using System.Text.Json;
using System.Text.Json.Serialization;
using OgpBot.Conversations.Turns;

namespace OgpBot.Conversations.Messages;

/// <summary>
/// How a message of the citizen belongs to those beside it, as its channel tells. It is kept with the message. A channel that cuts a text into several messages
/// numbers them, so that they can be put together again: see <see cref="Utterance"/>.
/// </summary>
internal sealed record IncomingPart
{
    private const string Start = "{\"part\":";

    /// <summary>When it was sent, in seconds of Unix time, by the channel's clock.</summary>
    public long Sent { get; init; }

    /// <summary>A text about as long as the channel lets one be: the rest of it may follow.</summary>
    public bool Cut { get; init; }

    /// <summary>What the messages of one album have in common.</summary>
    public string? Album { get; init; }

    /// <summary>There was something with it that isn't read.</summary>
    public bool File { get; init; }

    /// <summary>One that was sent before it may still be on its way.</summary>
    public bool Overtook { get; init; }

    /// <summary>Its text became an answer; noted when its turn is over.</summary>
    public bool Taken { get; init; }

    internal string Write() => $"{Start}{JsonSerializer.Serialize(this, IncomingPartJson.Default.IncomingPart)}}}";

    internal static IncomingPart? Read(string? extra) => extra is null || !extra.StartsWith(Start, StringComparison.Ordinal)
        ? null
        : JsonSerializer.Deserialize(extra.AsSpan(Start.Length, extra.Length - Start.Length - 1), IncomingPartJson.Default.IncomingPart);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(IncomingPart))]
internal sealed partial class IncomingPartJson : JsonSerializerContext;
