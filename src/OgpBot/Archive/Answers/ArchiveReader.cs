using Microsoft.EntityFrameworkCore;
using OgpBot.Archive.Documents;
using OgpBot.Archive.Search;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Archive.Answers;

/// <summary>Reads passages of added documents: those that a search finds, and the sentences that facts point at.</summary>
internal sealed class ArchiveReader(Lazy<ShippedArchive> shipped, IDbContextFactory<OgpBotDb> databases, IPassageIndex index)
{
    private volatile AddedDocuments? added;

    /// <summary>The passages with most of the terms, the best first.</summary>
    internal IReadOnlyList<FoundPassage> Search(IReadOnlyList<string> terms, int most)
    {
        if (terms.Count == 0)
        {
            return [];
        }

        using var database = databases.CreateDbContext();
        database.Database.OpenConnection();
        var scores = index.Search(database.Database.GetDbConnection(), terms, most).ToDictionary(found => found.Id, found => found.Score);
        return [.. Passages(database).Where(passage => scores.Keys.Contains(passage.Id)).ToList().OrderByDescending(passage => scores[passage.Id])];
    }

    /// <summary>The passage that a citation is from, for those who want to read on; the citation's own words where it is a card's.</summary>
    internal string WholeOf(Citation citation)
    {
        using var database = databases.CreateDbContext();
        var begin = citation.Quote.Split(Documents.Passages.Gap)[0];
        var text = Passages(database).Where(passage => passage.Document == citation.Document && passage.Section == citation.Section).Select(passage => passage.Text).ToList()
            .Find(text => text.Contains(begin, StringComparison.Ordinal)) ?? citation.Quote;
        return $"{citation.Title}\n{citation.Section}\n«{text}»{(citation.Url is null ? "" : $"\n{citation.Url}")}";
    }

    /// <summary>The pointers whose document has been added and that no sentence of it fits; none where there is no database yet.</summary>
    internal IReadOnlyList<SourcePointer> Unresolved()
    {
        using var database = databases.CreateDbContext();
        if (!database.Database.CanConnect() || database.Database.GetPendingMigrations().Any())
        {
            return [];
        }

        var current = Added();
        return [.. shipped.Value.Pointers.Where(pointer => current.Resolve(pointer) is null && current.Has(shipped.Value.SourceOf(pointer.Document)!))];
    }

    /// <summary>What was added, as of now. Read once for each state of the archive; a command may add a document while the host runs.</summary>
    internal AddedDocuments Added()
    {
        using var database = databases.CreateDbContext();
        var state = string.Join(' ', database.Set<ArchiveDocument>().Where(document => document.ReplacedAt == null).OrderBy(document => document.Id).Select(document => document.Id));
        var known = added;
        if (known?.State != state)
        {
            added = known = FindAll(database, state);
        }

        return known;
    }

    private AddedDocuments FindAll(OgpBotDb database, string state)
    {
        var found = new Dictionary<SourcePointer, FoundSentence>();
        var sources = new HashSet<ArchiveSource>();
        foreach (var source in shipped.Value.Sources)
        {
            var sentences = (from passage in Passages(database).Where(passage => passage.Sha256 == source.Sha256 || passage.Document == source.File).OrderBy(passage => passage.Id).ToList()
                             from sentence in Sentences.Of(passage.Text)
                             select (Sentence: new FoundSentence(passage, sentence), Folded: $" {TextFold.Fold(sentence)} ", Section: TextFold.Fold(passage.Section))).ToList();
            if (sentences.Count > 0)
            {
                sources.Add(source);
            }

            foreach (var pointer in shipped.Value.Pointers.Where(pointer => pointer.Document == source.Id))
            {
                var words = pointer.Words.Select(word => $" {TextFold.Fold(word)} ").ToList();
                var section = TextFold.Fold(pointer.Section);
                var best = sentences.Where(sentence => words.TrueForAll(word => sentence.Folded.Contains(word, StringComparison.Ordinal)))
                    .OrderBy(sentence => sentence.Section == section ? 0 : 1).Select(sentence => sentence.Sentence).FirstOrDefault();
                if (best is not null)
                {
                    found[pointer] = best;
                }
            }
        }

        return new AddedDocuments(state, found, sources);
    }

    private static IQueryable<FoundPassage> Passages(OgpBotDb database) =>
        from passage in database.Set<ArchivePassage>()
        join document in database.Set<ArchiveDocument>() on passage.DocumentId equals document.Id
        where document.ReplacedAt == null
        select new FoundPassage
        {
            Id = passage.Id,
            Document = document.Name,
            Sha256 = document.Sha256,
            Title = document.Title,
            Date = document.Date,
            Url = document.Url,
            Section = passage.Section,
            Page = passage.Page,
            Text = passage.Text,
        };
}

/// <summary>What of the sources has been added, and where the sentences stand that facts point at.</summary>
/// <param name="state">Changes with every document that is added or removed; empty: there is none.</param>
internal sealed class AddedDocuments(string state, Dictionary<SourcePointer, FoundSentence> sentences, HashSet<ArchiveSource> sources)
{
    internal string State { get; } = state;

    /// <summary>The sentence that a fact points at; null where its document has not been added.</summary>
    internal FoundSentence? Resolve(SourcePointer pointer) => sentences.GetValueOrDefault(pointer);

    /// <summary>Whether a source's document has been added.</summary>
    internal bool Has(ArchiveSource source) => sources.Contains(source);
}

/// <summary>A passage of a document, with what a citation tells of both.</summary>
internal sealed class FoundPassage
{
    public required long Id { get; init; }
    public required string Document { get; init; }
    public required string Sha256 { get; init; }
    public required string Title { get; init; }
    public required string? Date { get; init; }
    public required string? Url { get; init; }
    public required string Section { get; init; }
    public required int? Page { get; init; }
    public required string Text { get; init; }
}

/// <summary>A sentence of a passage.</summary>
internal sealed record FoundSentence(FoundPassage Passage, string Text);
