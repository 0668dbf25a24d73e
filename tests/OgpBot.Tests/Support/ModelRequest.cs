using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OgpBot.Tests.Support;

/// <summary>A request as it came over the wire.</summary>
internal sealed partial class ModelRequest(string body, IReadOnlyDictionary<string, string> headers)
{
    /// <summary>All of it, byte for byte.</summary>
    internal string Body => body;

    internal IReadOnlyDictionary<string, string> Headers => headers;

    internal string? Authorization => headers.GetValueOrDefault("Authorization");

    internal JsonElement Json { get; } = JsonDocument.Parse(body).RootElement;

    /// <summary>The prompt's name, as the schema of the reply has it.</summary>
    internal string Prompt => Json.GetProperty("response_format").GetProperty("json_schema").GetProperty("name").GetString()!;

    internal IReadOnlyList<(string Role, string Text)> Messages =>
        [.. Json.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, TextOf(message.GetProperty("content"))))];

    /// <summary>What stands in the fence.</summary>
    internal JsonObject Data => JsonNode.Parse(Fence().Match(Messages[^1].Text).Groups["data"].Value)!.AsObject();

    /// <summary>All that the model is told, but what stands in the fence.</summary>
    internal string OutsideFence => Fence().Replace(string.Join('\n', Messages.Select(message => message.Text)), "");

    /// <summary>How many fences there are.</summary>
    internal int Fences => Fence().Count(string.Join('\n', Messages.Select(message => message.Text)));

    /// <summary>The tokens of the sources, in their order.</summary>
    internal IReadOnlyList<string> Sources => [.. Data["sources"]!.AsArray().Select(source => (string)source!["id"]!)];

    internal JsonObject SourceWith(string words) => Data["sources"]!.AsArray().OfType<JsonObject>().First(source => ((string)source["text"]!).Contains(words, StringComparison.Ordinal));

    private static string TextOf(JsonElement content) => content.ValueKind == JsonValueKind.String
        ? content.GetString()!
        : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));

    [GeneratedRegex(@"<<(?<mark>[0-9a-f]{24})\n(?<data>[^\n]*)\n\k<mark>>>")]
    private static partial Regex Fence();
}
