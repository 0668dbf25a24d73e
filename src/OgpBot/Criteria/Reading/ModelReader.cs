using System.Text.Json.Nodes;
using OgpBot.Dialogs;
using OgpBot.Llm;

namespace OgpBot.Criteria.Reading;

/// <summary>
/// Lets a language model read a text after the program's own checks. What the checks found stands. The model can add a doubt, never more, and may offer
/// a rewrite. It gets the text as <see cref="RedactedText"/> gives it, and nothing about the writer.
/// </summary>
internal sealed class ModelReader(Lazy<CriteriaChecks> checks, Lazy<VerificationWords> words, Lazy<VerifiableFacts> facts, RedactedText safe)
{
    internal static readonly PromptContract Prompt = new("check-criteria", "criteria", "found");

    // A rewrite helps to say the same: it is no summary, and tells nothing more.
    private const double ShortestShare = 0.3;
    private const double LongestShare = 1.25;
    private const int ShortestRewrite = 20;
    private const int LongestRewrite = 2_000;

    // Of its words of four letters and more at least so many begin as words of hers do.
    private const double LeastHers = 0.5;
    private const int Beginning = 4;

    /// <param name="slots">All of the draft: what of it is contact data is masked in the text.</param>
    /// <param name="found">What the checks found.</param>
    /// <param name="turn">Null: the model is off.</param>
    internal async ValueTask<ModelReading> ReadAsync(
        CheckedText text, string? slot, string language, IReadOnlyDictionary<string, string> slots, IReadOnlyList<CriterionResult> found,
        CheckContext compared, ModelSession? turn, CancellationToken cancellationToken)
    {
        var criteria = checks.Value.ReadByModel(slot);
        if (turn is null || criteria.Count == 0)
        {
            return ModelReading.None;
        }

        var sent = safe.Of(text.Text, language, slots);
        var asked = found.Where(checks.Value.IsAsked).Select(result => result.Id).ToList();
        var values = new Dictionary<string, string>
        {
            ["criteria"] = string.Join('\n', criteria.Select(criterion => $"- {criterion.Id}: the submission {criterion.Explanation.In("en").TrimEnd('.', ';')}")),
            ["found"] = asked.Count > 0 ? string.Join(", ", asked) : "none",
        };
        var reply = await turn.AskAsync(Prompt, values, new JsonObject { ["text"] = sent }, CriteriaReplyJson.Strict.CriteriaReply, cancellationToken);
        if (reply is null)
        {
            return turn.Spent.All > 0 ? ModelReading.Nothing : ModelReading.None;
        }

        var reading = ModelReading.Of(reply, text, criteria) ?? ModelReading.Nothing;
        var offered = sent == text.Text && asked.Count + reading.Doubts.Count > 0 && MayBeOffered(reading.Rewrite, text.Text, slot, compared);
        return offered ? reading : reading with { Rewrite = "" };
    }

    // The citizen is to find her own text in it: no doubt is left, nothing is new, and it reads as hers did.
    private bool MayBeOffered(string rewrite, string text, string? slot, CheckContext compared) =>
        rewrite != text && rewrite.Length is >= ShortestRewrite and <= LongestRewrite
        && rewrite.Length >= ShortestShare * text.Length && rewrite.Length <= LongestShare * text.Length
        && !VerifiableFacts.HasMarkup(rewrite)
        && facts.Value.NotIn(rewrite, text).Count == 0
        && IsHers(rewrite, text)
        && !words.Value.HoldsInstructions(text) && !words.Value.TellsHowToVote(rewrite)
        && words.Value.LanguagesOf(rewrite).Intersect(words.Value.LanguagesOf(text)).Any()
        && !checks.Value.Check(new CheckedText(rewrite), slot, compared).Any(checks.Value.IsAsked);

    private static bool IsHers(string rewrite, string text)
    {
        var (said, hers) = (BeginningsOf(rewrite).ToList(), BeginningsOf(text).ToHashSet());
        return said.Count(hers.Contains) >= LeastHers * said.Count;
    }

    private static IEnumerable<string> BeginningsOf(string text) =>
        TextFold.Fold(text).Split(' ').Where(word => word.Length >= Beginning).Select(word => word[..Beginning]);
}
