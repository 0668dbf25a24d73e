using System.Text.Json;
using System.Text.Json.Serialization;

namespace OgpBot.Archive.Answers.Composed;

/// <summary>A reply to <c>prompts/answer-question.yaml</c>.</summary>
internal sealed record AnswerReply(IReadOnlyList<AnswerSentence> Sentences);

/// <summary>One sentence of it.</summary>
/// <param name="Source">The token of a source of this request.</param>
/// <param name="Quote">Words of that source, letter by letter.</param>
internal sealed record AnswerSentence(string Text, string Source, string Quote);

/// <summary>A reply to <c>prompts/rephrase-question.yaml</c>.</summary>
internal sealed record QuestionReply(string Question);

[JsonSerializable(typeof(AnswerReply))]
[JsonSerializable(typeof(QuestionReply))]
internal sealed partial class AnswerReplyJson : JsonSerializerContext
{
    /// <summary>Nothing missing, nothing twice, nothing beside the schema.</summary>
    internal static AnswerReplyJson Strict { get; } = new(new JsonSerializerOptions(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}
