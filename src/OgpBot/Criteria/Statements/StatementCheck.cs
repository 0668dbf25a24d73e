using OgpBot.Criteria.Statements.Words;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Statements;

/// <summary>
/// Finds statements in a text: who is spoken of, and what is said of them. Words, patterns and reasons are data; the code knows neither
/// offences nor Spanish insults. It weighs the form of what is said, never the person, and whatever it finds, a person reads the text.
/// </summary>
internal sealed class StatementCheck(Criterion criterion, StatementData data) : ICriterionCheck
{
    private const double RepairedConfidence = 0.8;
    private const double MetConfidence = 0.8;

    private readonly WordRepair repair = new(data.Vocabulary);

    /// <summary>Reads the file once. Mistakes in it are told through its <see cref="DataNode.Problems"/>.</summary>
    internal static StatementCheck Read(Criterion criterion, DataNode file) => new(criterion, new StatementReader(file).Data);

    public CriterionResult Check(CheckedText text, CheckContext context)
    {
        var tagged = new TaggedText(text, data.Vocabulary, repair, data.Names);
        var found = Find(tagged, out _);
        if (found.Count == 0)
        {
            return CriterionResult.Met(criterion, MetConfidence);
        }

        var outcome = found.Max(statement => statement.Outcome);
        var telling = found.Where(statement => statement.Outcome == outcome).ToList();
        var strongest = telling.MaxBy(ConfidenceOf)!;
        return new CriterionResult(criterion.Id, outcome, strongest.Statement.Reason, SpansOf(text, tagged, telling), ConfidenceOf(strongest));
    }

    /// <summary>All statements in the text that nothing cancels, for those who tune the data.</summary>
    internal IReadOnlyList<FoundStatement> Find(CheckedText text, out int steps) => Find(new TaggedText(text, data.Vocabulary, repair, data.Names), out steps);

    private List<FoundStatement> Find(TaggedText text, out int steps)
    {
        var matcher = new PatternMatcher(text, data.Stop, data.Clause, data.Filler);
        var found = new List<FoundStatement>();
        var cancelled = new List<(Cancellation Cancellation, List<PatternMatch> Matches)>();
        foreach (var statement in data.Statements)
        {
            foreach (var pattern in statement.Patterns)
            {
                foreach (var match in matcher.Find(pattern).ToList())
                {
                    if (cancelled.Count == 0)
                    {
                        cancelled = [.. data.Cancellations.Select(cancellation => (cancellation, cancellation.Patterns.SelectMany(matcher.Find).ToList()))];
                    }

                    var outcome = Weigh(text, statement, match, cancelled);
                    if (outcome != CriterionOutcome.Met)
                    {
                        var repaired = Enumerable.Range(match.Start, match.End - match.Start).Any(at => text[at].IsRepaired);
                        found.Add(new FoundStatement(statement, pattern, match, outcome, repaired));
                    }
                }
            }
        }

        steps = matcher.Steps;
        return found;
    }

    private CriterionOutcome Weigh(TaggedText text, Statement statement, PatternMatch match, List<(Cancellation Cancellation, List<PatternMatch> Matches)> cancelled)
    {
        var outcome = statement.Outcome;
        foreach (var (cancellation, matches) in cancelled)
        {
            if (cancellation.Outcome < outcome && cancellation.IsFor(statement) && matches.Exists(cancelling => Holds(text, cancellation, cancelling, match)))
            {
                outcome = cancellation.Outcome;
            }
        }

        return outcome;
    }

    private bool Holds(TaggedText text, Cancellation cancellation, PatternMatch cancelling, PatternMatch match)
    {
        if (cancellation.Quoted && !(IsQuoted(text, match) && !text[cancelling.Start].IsQuoted))
        {
            return false;
        }

        return cancellation.Place switch
        {
            CancellationPlace.Clause => cancelling.End <= match.Start && IsOneClause(text, cancelling.End, match.Start),
            CancellationPlace.Before => cancelling.Start < match.Start && IsOneSentence(text, cancelling.Start, match.Start),
            CancellationPlace.After => cancelling.Start > match.Start && IsOneSentence(text, match.End - 1, cancelling.Start),
            CancellationPlace.Over => cancelling.Start < match.End && match.Start < cancelling.End,
            CancellationPlace.Sentence => IsOneSentence(text, Math.Min(cancelling.Start, match.Start), Math.Max(cancelling.End, match.End) - 1),
            _ => true,
        };
    }

    private static bool IsQuoted(TaggedText text, PatternMatch match)
    {
        for (var at = match.Start; at < match.End; at++)
        {
            if (text[at].IsQuoted)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsOneClause(TaggedText text, int from, int to)
    {
        for (var at = from; at <= to; at++)
        {
            if (at > from - 1 && (text.HasPause(at) || (at < to && text[at].Tags.Has(data.Clause))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOneSentence(TaggedText text, int from, int to)
    {
        for (var at = from + 1; at <= to; at++)
        {
            if (text.StartsSentence(at))
            {
                return false;
            }
        }

        return true;
    }

    // In the order of the text; where two overlap, one that holds both.
    private static List<TextSpan> SpansOf(CheckedText text, TaggedText tagged, List<FoundStatement> found)
    {
        var spans = new List<TextSpan>();
        foreach (var statement in found.OrderBy(statement => statement.Match.Start))
        {
            var (start, end) = (tagged[statement.Match.Start].Start, tagged[statement.Match.End - 1].End);
            if (spans.Count > 0 && start < spans[^1].End)
            {
                spans[^1] = text.Span(spans[^1].Start, Math.Max(end, spans[^1].End));
            }
            else
            {
                spans.Add(text.Span(start, end));
            }
        }

        return spans;
    }

    private static double ConfidenceOf(FoundStatement found) =>
        Math.Round(found.Statement.Confidence * (found.IsRepaired ? RepairedConfidence : 1) * (found.Outcome < found.Statement.Outcome ? RepairedConfidence : 1), 2);
}
