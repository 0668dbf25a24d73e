using OgpBot.Dialogs;

namespace OgpBot.Criteria;

/// <summary>What a check found. It never decides: a person reads every text, whatever stands here.</summary>
public enum CriterionOutcome
{
    /// <summary>Nothing speaks against it.</summary>
    Met = 0,

    /// <summary>Something may speak against it.</summary>
    Doubt = 1,

    /// <summary>Something plainly speaks against it.</summary>
    NotMet = 2,
}

/// <summary>Words of the text, at their place in it, counted in UTF-16 units.</summary>
/// <param name="End">The first unit after it.</param>
public sealed record TextSpan(int Start, int End, string Text);

/// <summary>A criterion, what was found, and by which words.</summary>
/// <param name="Id">The criterion, such as <c>offence</c>.</param>
/// <param name="Reason">In plain words, for the citizen; empty where it is met.</param>
/// <param name="Spans">The words that led to it, in the order of the text, none twice.</param>
/// <param name="Confidence">From 0 to 1, of the outcome.</param>
public sealed record CriterionResult(string Id, CriterionOutcome Outcome, LocalizedText Reason, IReadOnlyList<TextSpan> Spans, double Confidence)
{
    internal static CriterionResult Met(Criterion criterion, double confidence, params IReadOnlyList<TextSpan> spans) =>
        new(criterion.Id, CriterionOutcome.Met, LocalizedText.Same(""), spans, confidence);

    internal static CriterionResult Doubt(Criterion criterion, double confidence, params IReadOnlyList<TextSpan> spans) =>
        new(criterion.Id, CriterionOutcome.Doubt, criterion.Told, spans, confidence);
}
