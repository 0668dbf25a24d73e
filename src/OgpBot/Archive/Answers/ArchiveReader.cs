using Microsoft.EntityFrameworkCore;
using OgpBot.Archive.Documents;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Archive.Answers;

/// <summary>Reads passages of added documents: those that a search finds, and the sentence that a fact points at.</summary>
internal sealed class ArchiveReader(Lazy<ShippedArchive> shipped, IDbContextFactory<OgpBotDb> databases, IDatabase kind)
{
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
        var rows = Rows(database).Where(row => scores.Keys.Contains(row.Passage.Id)).ToList();
        return [.. rows.Select(row => new FoundPassage(row.Document, row.Passage, scores[row.Passage.Id])).OrderByDescending(found => found.Score)];
    }

    /// <summary>The sentence that a fact points at; null where its document has not been added.</summary>
    internal (ArchiveDocument Document, ArchivePassage Passage, string Sentence)? Resolve(SourcePointer pointer)
    {
        var source = shipped.Value.SourceOf(pointer.Document);
        using var database = databases.CreateDbContext();
        var section = TextFold.Fold(pointer.Section);
        var words = pointer.Words.Select(Folded).ToList();
        var rows = Rows(database).Where(row => row.Document.Sha256 == source!.Sha256 || row.Document.Name == source.File).OrderBy(row => row.Passage.Seq).ToList();
        return (from row in rows
                from sentence in Sentences.Of(row.Passage.Text)
                let folded = Folded(sentence)
                let fits = words.Count(word => folded.Contains(word, StringComparison.Ordinal))
                where fits > 0
                orderby fits descending, TextFold.Fold(row.Passage.Section) == section ? 0 : 1, row.Passage.Seq
                select ((ArchiveDocument, ArchivePassage, string)?)(row.Document, row.Passage, sentence)).FirstOrDefault();
    }

    private static string Folded(string text) => $" {TextFold.Fold(text)} ";

    private static IQueryable<Row> Rows(OgpBotDb database) =>
        from passage in database.Set<ArchivePassage>().AsNoTracking()
        join document in database.Set<ArchiveDocument>() on passage.DocumentId equals document.Id
        where document.ReplacedAt == null
        select new Row { Document = document, Passage = passage };

    private sealed class Row
    {
        public required ArchiveDocument Document { get; init; }

        public required ArchivePassage Passage { get; init; }
    }
}

/// <summary>A passage that a search found.</summary>
internal sealed record FoundPassage(ArchiveDocument Document, ArchivePassage Passage, double Score);
