using OgpBot.Dialogs;

namespace OgpBot.Criteria.Statements.Words;

/// <summary>The word classes of a file: which there are, which belong to a wider one, and all forms of their entries.</summary>
internal sealed class WordClasses
{
    /// <summary>Words that a gap never passes, such as "no".</summary>
    internal const string Stop = "stop";

    /// <summary>Words that a narrow gap passes, such as "muy" and "unos".</summary>
    internal const string Filler = "filler";

    /// <summary>Words that begin another clause, such as "que".</summary>
    internal const string Clause = "clause";

    /// <summary>Words that look like one of a class with a slip of the pen, and are none.</summary>
    internal const string Known = "known";

    private readonly Dictionary<string, IReadOnlyList<string>> wider = new(StringComparer.Ordinal);
    private readonly List<(string Class, WordForm Form)> forms = [];

    internal IReadOnlyCollection<string> Names => wider.Keys;

    internal IReadOnlyList<(string Class, WordForm Form)> Forms => forms;

    internal static WordClasses Read(DataNode node)
    {
        var classes = new WordClasses();
        foreach (var reserved in (string[])[Stop, Filler, Clause, Known])
        {
            classes.wider[reserved] = [];
        }

        foreach (var (name, value) in node.Entries)
        {
            classes.wider[name] = value.Only("in", "entries").Texts("in");
        }

        // A class that only names others still exists.
        foreach (var missing in classes.wider.Values.SelectMany(names => names).Except(classes.wider.Keys).ToList())
        {
            classes.wider[missing] = [];
        }

        foreach (var (name, value) in node.Entries)
        {
            classes.ReadEntries(name, value["entries"]);
        }

        return classes;
    }

    /// <summary>The class and all that it belongs to.</summary>
    internal IEnumerable<string> WithWider(string name)
    {
        var found = new List<string> { name };
        for (var at = 0; at < found.Count; at++)
        {
            found.AddRange(wider[found[at]].Except(found).ToList());
        }

        return found;
    }

    private void ReadEntries(string name, DataNode entries)
    {
        foreach (var entry in entries.Items)
        {
            entry.Only("why", "words").Required("why");
            if (!entry["words"].Exists)
            {
                entry.Report("`words` is missing");
            }

            foreach (var word in entry["words"].Items)
            {
                var before = forms.Count;
                forms.AddRange(WordForms.Of(word.Text ?? "").Select(form => (name, form)));
                if (forms.Count == before)
                {
                    word.Report($"`{word.Text}` is neither a word nor a verb such as `~matar`");
                }
            }
        }
    }
}
