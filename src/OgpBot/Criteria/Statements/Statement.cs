using OgpBot.Dialogs;

namespace OgpBot.Criteria.Statements;

/// <summary>A kind of statement: what finds it, and what it means for the criterion.</summary>
/// <param name="Despite">The cancellations that do not hold for it.</param>
internal sealed record Statement(
    string Id, CriterionOutcome Outcome, LocalizedText Reason, double Confidence, IReadOnlyList<string> Despite, IReadOnlyList<Pattern> Patterns);

/// <summary>Where the words of a cancellation stand, as seen from the statement.</summary>
internal enum CancellationPlace
{
    /// <summary>Before it, in the same clause.</summary>
    Clause = 0,

    /// <summary>They begin before it, in the same sentence.</summary>
    Before,

    /// <summary>They begin within it or after it, and before its sentence ends.</summary>
    After,

    /// <summary>They share a word with it.</summary>
    Over,

    /// <summary>Anywhere in its sentence.</summary>
    Sentence,

    /// <summary>Anywhere in the text.</summary>
    Text,
}

/// <summary>Words by which a statement is not the writer's own: a negation, a report, a protest.</summary>
/// <param name="Of">The statements that it holds for; none named: all.</param>
/// <param name="Quoted">It holds for statements within quotation marks alone, by words outside of them.</param>
/// <param name="Outcome">What becomes of the statement.</param>
internal sealed record Cancellation(
    string Id, IReadOnlyList<string> Of, CancellationPlace Place, bool Quoted, CriterionOutcome Outcome, IReadOnlyList<Pattern> Patterns)
{
    internal bool IsFor(Statement statement) => !statement.Despite.Contains(Id) && (Of.Count == 0 || Of.Contains(statement.Id));
}

/// <summary>A statement found in a text.</summary>
internal sealed record FoundStatement(Statement Statement, Pattern Pattern, PatternMatch Match, CriterionOutcome Outcome, bool IsRepaired);
