using Microsoft.EntityFrameworkCore;
using OgpBot.Archive.Documents;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Archive.Answers;

/// <summary>Reads passages of added documents: those that a search finds, and the sentences that facts point at.</summary>
internal sealed class ArchiveReader(Lazy<ShippedArchive> shipped, IDbContextFactory<OgpBotDb> databases, IDatabase kind)
{
    private volatile Pointed pointed = new("", []);

    /// <summary>The passages with most of the terms, the best first.</summary>
    internal IReadOnlyList<FoundPassage> Search(IReadOnlyList<string> terms, int most)
    {
        if (terms.Count == 0)
        {
            return [];
        }

        using var database = databases.CreateDbContext();
        database.Database.OpenConnection();
        var scores = kind.SearchPassages(database.Database.GetDbConnection(), terms, most).ToDictionary(found => found.Id, found => found.Score);
        return [.. Passages(database).Where(passage => scores.Keys.Contains(passage.Id)).ToList().OrderByDescending(passage => scores[passage.Id])];
    }

    /// <summary>The sentence that a fact points at; null where its document has not been added.</summary>
    internal FoundSentence? Resolve(SourcePointer pointer) => Current().Sentences.GetValueOrDefault(pointer);

    /// <summary>The pointers whose document has been added and that no sentence of it fits; none where there is no database yet.</summary>
    internal IReadOnlyList<SourcePointer> Unresolved()
    {
        using var database = databases.CreateDbContext();
        if (!database.Database.CanConnect() || database.Database.GetPendingMigrations().Any())
        {
            return [];
        }

        var sentences = Current().Sentences;
        var added = Passages(database).Select(passage => new { passage.Sha256, passage.Document }).Distinct().ToList();
        return [.. shipped.Value.Pointers.Where(pointer => !sentences.ContainsKey(pointer)
            && added.Exists(document => shipped.Value.SourceOf(pointer.Document) is { } source && (document.Sha256 == source.Sha256 || document.Document == source.File)))];
    }

    // Found once for each state of the archive; a command may add a document while the host runs.
    private Pointed Current()
    {
        using var database = databases.CreateDbContext();
        var state = string.Join(' ', database.Set<ArchiveDocument>().Where(document => document.ReplacedAt == null).OrderBy(document => document.Id).Select(document => document.Id));
        var known = pointed;
        if (known.State != state)
        {
            pointed = known = new Pointed(state, FindAll(database));
        }

        return known;
    }

    private Dictionary<SourcePointer, FoundSentence> FindAll(OgpBotDb database)
    {
        var found = new Dictionary<SourcePointer, FoundSentence>();
        foreach (var source in shipped.Value.Sources)
        {
            var sentences = (from passage in Passages(database).Where(passage => passage.Sha256 == source.Sha256 || passage.Document == source.File).OrderBy(passage => passage.Id).ToList()
                             from sentence in Sentences.Of(passage.Text)
                             select (Sentence: new FoundSentence(passage, sentence), Folded: $" {TextFold.Fold(sentence)} ", Section: TextFold.Fold(passage.Section))).ToList();
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

        return found;
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

    private sealed record Pointed(string State, Dictionary<SourcePointer, FoundSentence> Sentences);
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
