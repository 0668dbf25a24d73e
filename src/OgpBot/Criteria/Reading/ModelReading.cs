using System.Text.Json;
using System.Text.Json.Serialization;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Reading;

/// <summary>What a language model found in a text, after code verified it.</summary>
/// <param name="WasSent">The text went to the model, whatever came back; it is not sent again.</param>
/// <param name="Doubts">With our reasons and the citizen's words; none of the words are the model's.</param>
/// <param name="Rewrite">A text that she may take in place of hers; empty: none.</param>
internal sealed record ModelReading(bool WasSent, IReadOnlyList<CriterionResult> Doubts, string Rewrite)
{
    // What a model alone finds is less sure than what the data say.
    private const double Confidence = 0.5;
    private const int LongestWords = 200;

    internal static ModelReading None { get; } = new(false, [], "");

    internal static ModelReading Nothing { get; } = new(true, [], "");

    /// <summary>The doubts that were noted when the text was sent.</summary>
    internal static ModelReading Noted(CheckedText text, IEnumerable<CheckMark> marks, IReadOnlyList<Criterion> criteria) => new(
        true,
        [.. from mark in marks.Where(mark => mark.ByModel)
            join criterion in criteria on mark.Criterion equals criterion.Id
            select CriterionResult.Doubt(criterion, Confidence, [.. mark.Places.Where(place => place[1] <= text.Text.Length).Select(place => text.Span(place[0], place[1]))])],
        "");

    /// <summary>Reads a reply. One part that does not fit makes all of it worthless.</summary>
    /// <param name="criteria">Those that were asked for.</param>
    /// <returns>Null: it contradicts itself, names a rule that nobody asked for, or quotes words that are not in the text.</returns>
    internal static ModelReading? Of(CriteriaReply reply, CheckedText text, IReadOnlyList<Criterion> criteria)
    {
        var doubts = new List<CriterionResult>();
        foreach (var said in reply.Criteria)
        {
            var spans = said.Words.Select(words => SpanOf(text, words)).ToList();
            if (criteria.FirstOrDefault(criterion => criterion.Id == said.Id) is not { } criterion || said.Doubt != spans.Count > 0 || spans.Contains(null))
            {
                return null;
            }

            if (said.Doubt)
            {
                doubts.Add(CriterionResult.Doubt(criterion, Confidence, [.. spans.OfType<TextSpan>().DistinctBy(span => span.Start).OrderBy(span => span.Start)]));
            }
        }

        return reply.Criteria.DistinctBy(said => said.Id).Count() == reply.Criteria.Count ? new ModelReading(true, doubts, reply.Rewrite.Trim()) : null;
    }

    // Whole words of the text, letter by letter.
    private static TextSpan? SpanOf(CheckedText text, string words)
    {
        if (words.Length is 0 or > LongestWords || !words.Any(char.IsLetterOrDigit))
        {
            return null;
        }

        for (var at = text.Text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.Text.IndexOf(words, at + 1, StringComparison.Ordinal))
        {
            if (!Continues(text.Text, at) && !Continues(text.Text, at + words.Length))
            {
                return text.Span(at, at + words.Length);
            }
        }

        return null;
    }

    private static bool Continues(string text, int at) => at > 0 && at < text.Length && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at]);
}

/// <summary>A reply to <c>prompts/check-criteria.yaml</c>.</summary>
internal sealed record CriteriaReply(IReadOnlyList<CriterionReply> Criteria, string Rewrite);

/// <summary>What it says of one rule.</summary>
internal sealed record CriterionReply(string Id, bool Doubt, IReadOnlyList<string> Words);

[JsonSerializable(typeof(CriteriaReply))]
internal sealed partial class CriteriaReplyJson : JsonSerializerContext
{
    /// <summary>Nothing missing, nothing twice, nothing beside the schema.</summary>
    internal static CriteriaReplyJson Strict { get; } = new(new JsonSerializerOptions(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase });
}
