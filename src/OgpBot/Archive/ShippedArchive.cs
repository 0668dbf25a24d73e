using OgpBot.Archive.Answers;
using OgpBot.Archive.Search;
using OgpBot.Dialogs;

namespace OgpBot.Archive;

/// <summary>What is shipped in the folder <c>archive/</c>: sources, facts, cards and words. It is read at the start and never written.</summary>
internal sealed record ShippedArchive(
    IReadOnlyList<ArchiveSource> Sources, IReadOnlyList<Fact> Facts, IReadOnlyList<CardSection> Cards, Lexicon Lexicon, QuestionClassifier QuestionClassifier)
{
    private static readonly string[] Kinds = ["process", "plan", "gap", "premise"];
    private static readonly string[] Asked = ["who", "when", "where", "how_many", "which", "why", "what", "how", "yes_no"];

    /// <summary>All that facts point at, none twice.</summary>
    internal IEnumerable<SourcePointer> Pointers => Facts.SelectMany(fact => fact.Sources);

    /// <summary>Finds facts while no document has been added.</summary>
    internal Lazy<FactIndex> Index { get; } = new(() => new FactIndex(Facts, Lexicon, _ => []));

    /// <summary>Finds facts by what the added documents say of them, too.</summary>
    internal FactIndex IndexWith(AddedDocuments added) =>
        new(Facts, Lexicon, fact => fact.Sources.Select(added.Resolve).OfType<FoundSentence>().Select(found => found.Text));

    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    internal static ShippedArchive Load(string directory)
    {
        var problems = new List<DataProblem>();
        DataNode Read(string file) => DataNode.Read(Path.Combine(directory, file), file, problems);
        var sources = Read("sources.yaml").Items.Select(ReadSource).ToList();
        var facts = Read("facts.yaml").Items.Select(node => ReadFact(node, sources)).ToList();
        foreach (var twice in facts.GroupBy(fact => fact.Id).Where(group => group.Count() > 1))
        {
            problems.Add(new DataProblem("facts.yaml", 0, $"the fact `{twice.Key}` stands twice"));
        }

        var lexicon = Lexicon.Read(Read("lexicon.yaml"));
        var recogniser = QuestionClassifier.Read(Read("recognise.yaml"));
        var cards = ReadCards(directory, sources, problems);
        return problems.Count == 0 ? new ShippedArchive(sources, facts, cards, lexicon, recogniser) : throw new DataException(problems);
    }

    internal ArchiveSource? SourceOf(string id) => Sources.FirstOrDefault(source => source.Id == id);

    private static List<CardSection> ReadCards(string directory, List<ArchiveSource> sources, List<DataProblem> problems)
    {
        var folder = Path.Combine(directory, "cards");
        var cards = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.md").Order(StringComparer.Ordinal).SelectMany(CardSection.Read).ToList() : [];
        problems.AddRange(cards.Where(card => sources.TrueForAll(source => source.Id != card.Source)).Select(card => new DataProblem("cards", 0, $"`{card.Card}`: `{card.Source}` is no source")));
        return cards;
    }

    internal static ArchiveSource ReadSource(DataNode node)
    {
        node.Only("id", "file", "title", "short", "publisher", "date", "url", "sha256");
        return new ArchiveSource(
            node.Required("id"), node.Required("file"), node.Required("title"), node.Required("short"), node.Required("publisher"), node.Required("date"), node["url"].Text ?? "", node.Required("sha256"));
    }

    private static Fact ReadFact(DataNode node, List<ArchiveSource> sources)
    {
        node.Only("id", "kind", "asks", "questions", "lead", "sources");
        var kind = node.Required("kind");
        if (!Kinds.Contains(kind))
        {
            node["kind"].Report($"`{kind}` is no kind of fact{Nearest.Suggestion(kind, Kinds)}");
        }

        foreach (var asked in node.Texts("asks").Where(asked => !Asked.Contains(asked)))
        {
            node["asks"].Report($"`{asked}` is no kind of question{Nearest.Suggestion(asked, Asked)}");
        }

        return new Fact(
            node.Required("id"),
            Enum.TryParse<FactKind>(kind, ignoreCase: true, out var known) ? known : FactKind.Process,
            node.Texts("asks"),
            [.. node["questions"].Entries.SelectMany(entry => node["questions"].Texts(entry.Key).Select(text => (entry.Key, text)))],
            LocalizedText.Read(node["lead"]),
            [.. node["sources"].Items.Select(source => ReadPointer(source, sources))]);
    }

    internal static SourcePointer ReadPointer(DataNode node, List<ArchiveSource> sources)
    {
        node.Only("document", "section", "words");
        var document = node.Required("document");
        if (sources.All(source => source.Id != document))
        {
            node["document"].Report($"`{document}` is no source{Nearest.Suggestion(document, sources.Select(source => source.Id))}");
        }

        return new SourcePointer(document, node["section"].Text ?? "", node.Texts("words"), node.Line);
    }
}
