using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace OgpBot.Llm;

/// <summary>
/// Marks where text from outside begins and ends in a prompt. This defends against prompt injection.
/// The text is written as one line of JSON without angle brackets, so it cannot contain the end mark.
/// The mark is random, so nobody can guess it. It always comes from the system's own generator.
/// A generator that can be replaced would make the mark predictable.
/// </summary>
internal sealed class PromptDelimiter
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    internal string Mark { get; } = RandomNumberGenerator.GetHexString(24, lowercase: true);

    internal string Around(JsonObject data) => $"<<{Mark}\n{data.ToJsonString(OneLine)}\n{Mark}>>";
}
