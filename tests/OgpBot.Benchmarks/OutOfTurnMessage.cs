using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Benchmarks;

/// <summary>A message that is said out of turn, as the sets in <c>OutOfTurn/</c> hold one a line.</summary>
/// <param name="Id">Its name in the set.</param>
/// <param name="Step">Where it is said: <c>menu, offer, notice, problem, doubt, axis, scope, borough, place, proposal, contact, summary, after, resume</c>.</param>
/// <param name="Kind">What kind of talk it is, such as <c>for_later</c>.</param>
/// <param name="Draft">Whose answers are given before it: a name in <c>drafts.json</c>.</param>
/// <param name="Text">What she writes.</param>
/// <param name="Expect">What a patient clerk would do; for the reader who judges.</param>
/// <param name="Keep">The field whose words must not be lost, or <c>none</c>.</param>
/// <param name="Changes">The answers that rightly change, or <c>none</c>.</param>
internal sealed record OutOfTurnMessage(string Id, string Step, string Kind, string Draft, string Text, string Expect, string Keep, string Changes)
{
    /// <summary>Reads a set.</summary>
    public static IReadOnlyList<OutOfTurnMessage> Read(string file) =>
        [.. File.ReadLines(file).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize(line, OutOfTurnJson.Lines.OutOfTurnMessage)!)];

    /// <summary>Reads the answers of those who speak in the sets: by draft, by field.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>> ReadDrafts(string file) =>
        JsonSerializer.Deserialize(File.ReadAllText(file), OutOfTurnJson.Lines.IReadOnlyDictionaryStringIReadOnlyDictionaryStringString)!;
}

/// <summary>What was answered, one line for each message: that is what the readers judge.</summary>
internal sealed record OutOfTurnAnswer(string Id, string Step, string Kind, string Text, string Expect, string Keep, string Changes, IReadOnlyList<string> Replies, string Draft);

[JsonSerializable(typeof(OutOfTurnMessage))]
[JsonSerializable(typeof(OutOfTurnAnswer))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string?>>))]
internal sealed partial class OutOfTurnJson : JsonSerializerContext
{
    public static OutOfTurnJson Lines { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
