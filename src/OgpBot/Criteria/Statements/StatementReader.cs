using OgpBot.Criteria.Statements.Words;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Statements;

/// <summary>Reads a file of classes, statements and cancellations, and notes each mistake with its line.</summary>
internal sealed class StatementReader
{
    private readonly TagTable tags = new();
    private readonly DataNode file;
    private readonly WordClasses classes;
    private readonly PatternReader patterns;
    private readonly Dictionary<string, LocalizedText> reasons;
    private readonly List<Cancellation> cancellations;

    internal StatementReader(DataNode file)
    {
        this.file = file.Only("reasons", "classes", "parts", "names", "statements", "cancellations");
        classes = WordClasses.Read(file["classes"]);
        var parts = file["parts"].Entries.ToDictionary(part => part.Key, part => file["parts"].Texts(part.Key), StringComparer.Ordinal);
        patterns = new PatternReader(classes.Names, parts, tags);
        reasons = file["reasons"].Entries.ToDictionary(entry => entry.Key, entry => LocalizedText.Read(entry.Value), StringComparer.Ordinal);
        cancellations = [.. file["cancellations"].Items.Select(ReadCancellation)];
        List<Statement> statements = [.. file["statements"].Items.Select(ReadStatement)];
        var ids = statements.ConvertAll(statement => statement.Id);
        ReportUnknown(ids);
        ReportTwice(ids);
        var (stop, filler, clause) = (Reserved(WordClasses.Stop), Reserved(WordClasses.Filler), Reserved(WordClasses.Clause));
        var names = NameFinder.Read(file["names"], tags, classes.Names);

        // The vocabulary last: a set of tags is as wide as there are tags.
        Data = new StatementData(statements, cancellations, new Vocabulary(classes, tags), names, stop, filler, clause);
    }

    /// <summary>What was read. It outlives the reader, which holds the whole file and all forms of its words.</summary>
    internal StatementData Data { get; }

    private int Reserved(string name) => tags.OfClass(name, WordFeatures.None);

    private Statement ReadStatement(DataNode node)
    {
        node.Only("id", "why", "outcome", "reason", "confidence", "despite", "patterns").Required("why");
        var outcome = ReadOutcome(node, "outcome", node.Required("outcome"));
        var despite = node.Texts("despite");
        foreach (var unknown in despite.Except(cancellations.Select(cancellation => cancellation.Id)))
        {
            node["despite"].Report($"there is no cancellation `{unknown}`{Nearest.Suggestion(unknown, cancellations.Select(known => known.Id))}");
        }

        var confidence = node.Number("confidence") ?? (outcome == CriterionOutcome.NotMet ? 90 : 60);
        return new Statement(node.Required("id"), outcome, ReadReason(node), confidence / 100.0, despite, ReadPatterns(node));
    }

    private Cancellation ReadCancellation(DataNode node)
    {
        node.Only("id", "why", "of", "where", "quoted", "to", "patterns").Required("why");
        var where = node.Required("where");
        if (!Enum.TryParse<CancellationPlace>(where, ignoreCase: true, out var place))
        {
            var known = Enum.GetNames<CancellationPlace>().Select(name => name.ToLowerInvariant());
            node["where"].Report($"`{where}` is no place{Nearest.Suggestion(where, known)}");
        }

        return new Cancellation(
            node.Required("id"), node.Texts("of"), place, node.Flag("quoted"), ReadOutcome(node, "to", node["to"].Text ?? "met"), ReadPatterns(node));
    }

    private IReadOnlyList<Pattern> ReadPatterns(DataNode node)
    {
        if (!node["patterns"].Exists)
        {
            node.Report("`patterns` is missing");
        }

        return patterns.Read(node["patterns"]);
    }

    private LocalizedText ReadReason(DataNode node)
    {
        var name = node.Required("reason");
        if (reasons.TryGetValue(name, out var reason))
        {
            return reason;
        }

        node["reason"].Report($"there is no reason `{name}`{Nearest.Suggestion(name, reasons.Keys)}");
        return LocalizedText.Same("");
    }

    private static CriterionOutcome ReadOutcome(DataNode node, string key, string name)
    {
        (string Name, CriterionOutcome Outcome)[] known = [("met", CriterionOutcome.Met), ("doubt", CriterionOutcome.Doubt), ("not_met", CriterionOutcome.NotMet)];
        var found = Array.FindIndex(known, outcome => outcome.Name == name);
        if (found < 0)
        {
            node[key].Report($"`{name}` is no outcome{Nearest.Suggestion(name, known.Select(outcome => outcome.Name))}");
        }

        return found < 0 ? CriterionOutcome.Doubt : known[found].Outcome;
    }

    // Cancellations are read first, so that statements can name them.
    private void ReportUnknown(List<string> ids)
    {
        foreach (var node in file["cancellations"].Items)
        {
            foreach (var unknown in node.Texts("of").Except(ids))
            {
                node["of"].Report($"there is no statement `{unknown}`{Nearest.Suggestion(unknown, ids)}");
            }
        }
    }

    private void ReportTwice(List<string> ids)
    {
        foreach (var id in ids.GroupBy(id => id, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            file["statements"].Report($"the id `{id.Key}` is there twice");
        }
    }
}

/// <summary>All that finding statements needs.</summary>
internal sealed record StatementData(
    IReadOnlyList<Statement> Statements, IReadOnlyList<Cancellation> Cancellations, Vocabulary Vocabulary, NameFinder Names, int Stop, int Filler, int Clause);
