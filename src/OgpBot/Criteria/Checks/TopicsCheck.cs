using OgpBot.Dialogs;

namespace OgpBot.Criteria.Checks;

/// <summary>An axis that a text may be related to, and the words that speak for it.</summary>
/// <param name="Confidence">From 0 to 1.</param>
public sealed record AxisFinding(string Axis, double Confidence, IReadOnlyList<TextSpan> Spans);

/// <summary>
/// Finds the axes that a text's words speak for. It never says that a text belongs to none: it doubts, and the citizen chooses the axis anyway.
/// </summary>
internal sealed class TopicsCheck(Criterion criterion) : ICriterionCheck
{
    // Two axes that a text speaks for about as much are both shown; more would be no help.
    private const int MostAxes = 3;
    private const double LeastShare = 0.25;

    // One word that speaks plainly for an axis, or two weak ones. A title has few words, so that a weak one tells
    // something where no other axis is spoken for.
    private const int LeastScore = 2;
    private const int LeastScoreOfTitle = 1;
    private const int LongestTitle = 12;

    // A score at which the words leave as much doubt as certainty.
    private const double EvenScore = 1.5;

    private readonly PhraseFinder phrases = new();
    private readonly List<(string Axis, int Weight)> families = [];

    internal static TopicsCheck Read(Criterion criterion, DataNode file, IReadOnlyList<Axis> axes)
    {
        var check = new TopicsCheck(criterion);
        foreach (var (axis, entries) in file.Only(axes.Select(axis => axis.Id)).Entries)
        {
            foreach (var entry in entries.Items)
            {
                check.phrases.Add(entry.Only("words", "weight", "why"), check.families.Count);
                check.families.Add((axis, entry.Number("weight") ?? 1));
            }
        }

        return check;
    }

    public CriterionResult Check(CheckedText text, CheckContext context)
    {
        var axes = AxesOf(text);
        return axes.Count > 0
            ? CriterionResult.Met(criterion, axes[0].Confidence, axes[0].Spans)
            : CriterionResult.Doubt(criterion, 0.5);
    }

    /// <summary>The likely axes, the likeliest first.</summary>
    internal IReadOnlyList<AxisFinding> AxesOf(CheckedText text)
    {
        // The same word again says nothing new.
        var found = WithoutParts(phrases.Find(text)).DistinctBy(phrase => phrase.Phrase).ToLookup(phrase => families[phrase.Phrase.Family].Axis);
        var scores = found.Select(group => (Axis: group.Key, Score: group.Sum(phrase => families[phrase.Phrase.Family].Weight))).ToList();
        var all = scores.Sum(axis => axis.Score);
        var least = text.Tokens.Count <= LongestTitle && scores.Count == 1 ? LeastScoreOfTitle : LeastScore;
        return [.. scores.Where(axis => axis.Score >= least && axis.Score >= LeastShare * all)
            .OrderByDescending(axis => axis.Score).ThenBy(axis => axis.Axis, StringComparer.Ordinal).Take(MostAxes)
            .Select(axis => new AxisFinding(
                axis.Axis,
                Math.Round(axis.Score / (axis.Score + EvenScore) * axis.Score / all, 2),
                [.. found[axis.Axis].Select(phrase => text.Span(phrase.Start, phrase.End))]))];
    }

    // A word of a longer phrase is read with it, not once more for itself.
    private static IEnumerable<FoundPhrase> WithoutParts(List<FoundPhrase> found)
    {
        var end = 0;
        foreach (var phrase in found)
        {
            if (phrase.End > end)
            {
                end = phrase.End;
                yield return phrase;
            }
        }
    }
}
