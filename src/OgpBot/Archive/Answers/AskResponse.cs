using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Archive.Answers;

/// <summary>An answer as <c>POST /api/ask</c> and <c>ask --json</c> give it.</summary>
/// <param name="Status">Such as <c>answered</c> or <c>not_found</c>.</param>
/// <param name="Abstained">False for <c>answered</c> and <c>partial</c> only.</param>
internal sealed record AskResponse(string Status, string Answer, bool Abstained, IReadOnlyList<Citation> Citations)
{
    internal static AskResponse Of(Answer answer) => new(AnswerPipeline.NameOf(answer.Status), answer.Text, answer.Abstained, answer.Citations);
}

/// <summary>A question as <c>POST /api/ask</c> takes it.</summary>
/// <param name="Locale">Such as <c>es-MX</c>; what we do not speak is answered in Spanish.</param>
internal sealed record AskRequest(string? Question, string? Locale);

[JsonSerializable(typeof(AskRequest))]
[JsonSerializable(typeof(AskResponse))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class AskJson : JsonSerializerContext
{
    /// <summary>Accents stand as they are: the answer is JSON, never a part of a page.</summary>
    internal static AskJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
