using OgpBot.Dialogs;

namespace OgpBot.Criteria.Checks;

/// <summary>Whether a problem is shared by others. It doubts where a text has words of the family <c>own</c> and none of <c>shared</c>.</summary>
internal sealed class SharedCheck(Criterion criterion) : ICriterionCheck
{
    private const int Own = 0;
    private const int Shared = 1;

    private readonly PhraseFinder phrases = new();

    internal static SharedCheck Read(Criterion criterion, DataNode file)
    {
        var check = new SharedCheck(criterion);
        file.Only("own", "shared");
        foreach (var (name, family) in new[] { ("own", Own), ("shared", Shared) })
        {
            foreach (var entry in file[name].Items)
            {
                check.phrases.Add(entry.Only("words", "why"), family);
            }
        }

        return check;
    }

    public CriterionResult Check(CheckedText text, CheckContext context)
    {
        var found = phrases.Find(text);
        var own = found.Where(phrase => phrase.Phrase.Family == Own).ToList();
        return own.Count > 0 && own.Count == found.Count
            ? CriterionResult.Doubt(criterion, 0.6, [.. own.Select(phrase => text.Span(phrase.Start, phrase.End))])
            : CriterionResult.Met(criterion, found.Count > own.Count ? 0.8 : 0.5);
    }
}
