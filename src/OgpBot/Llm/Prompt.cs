using System.Text.Json;
using HandlebarsDotNet;
using Microsoft.Extensions.AI;

namespace OgpBot.Llm;

/// <summary>What a room needs of a prompt file.</summary>
/// <param name="Name">The file's, without <c>.yaml</c>.</param>
/// <param name="Variables">What the room gives, beside <c>fence</c> and <c>data</c>, which every prompt has.</param>
internal sealed record PromptContract(string Name, params string[] Variables)
{
    /// <summary>The mark that begins and ends what others wrote.</summary>
    internal const string Fence = "fence";

    /// <summary>What others wrote, in its fence.</summary>
    internal const string Data = "data";

    internal IEnumerable<string> All => Variables.Append(Fence).Append(Data);
}

/// <summary>A prompt that was read. Its messages are cut before anything is put in, so no value can begin another one.</summary>
internal sealed class Prompt(IReadOnlyList<(ChatRole Role, HandlebarsTemplate<object, object> Template)> messages, int? maxTokens, JsonElement schema)
{
    /// <summary>The longest reply that it asks for; null: as the settings say.</summary>
    internal int? MaxTokens => maxTokens;

    /// <summary>The JSON schema of the reply.</summary>
    internal JsonElement Schema => schema;

    internal IReadOnlyList<ChatMessage> Render(IReadOnlyDictionary<string, string> values) =>
        [.. messages.Select(message => new ChatMessage(message.Role, message.Template(values)))];
}
