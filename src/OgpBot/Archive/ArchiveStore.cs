using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using OgpBot.Archive.Documents;
using OgpBot.Archive.Search;
using OgpBot.Storage;

namespace OgpBot.Archive;

/// <summary>What is told of a document when it is added; null: what <c>sources.yaml</c> knows of it, or the file.</summary>
public sealed record DocumentDetails(string? Title, string? Publisher, string? Date, string? Url);

/// <summary>A document that was added.</summary>
/// <param name="IsNew">Whether anything changed: the same file again changes nothing.</param>
public sealed record AddedDocument(ArchiveDocument Document, bool IsNew, int Passages)
{
    /// <summary>What of the file could not be read, with its place.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];
}

/// <summary>Adds, lists and removes documents. Each change is one transaction: a document is there whole, with all its passages, or not at all.</summary>
internal sealed class ArchiveStore(
    Lazy<ShippedArchive> shipped, IDbContextFactory<OgpBotDb> databases, IPassageIndex index, TimeProvider clock, Ids ids)
{
    /// <summary>Bytes of one file.</summary>
    public const long LongestFile = 50 * 1024 * 1024;

    /// <summary>Adds a file.</summary>
    /// <exception cref="UnreadableDocumentException">It can't be read; the reason is for the one who adds it.</exception>
    public async Task<AddedDocument> AddAsync(string path, DocumentDetails details, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new UnreadableDocumentException("there is no such file");
        }

        if (file.Length is 0 or > LongestFile)
        {
            throw new UnreadableDocumentException(file.Length == 0 ? "it is empty" : $"it is larger than {LongestFile / 1024 / 1024} MB");
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var name = Path.GetFileNameWithoutExtension(path);
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var current = await Named(database, name).SingleOrDefaultAsync(cancellationToken);
        if (current?.Sha256 == sha256)
        {
            var passagesBefore = await database.Set<ArchivePassage>().CountAsync(passage => passage.DocumentId == current.Id, cancellationToken);
            return new AddedDocument(current, IsNew: false, passagesBefore);
        }

        var (text, unread) = await DocumentReader.ReadAsync(path, bytes, cancellationToken);
        var passages = Passages.Of(PlainText.Lines(text));
        if (passages.Count == 0)
        {
            throw new UnreadableDocumentException("it holds no text (a scanned one must be recognised by OCR first)");
        }

        var known = shipped.Value.Sources.FirstOrDefault(source => source.Sha256 == sha256);
        var document = new ArchiveDocument
        {
            Id = ids.Next(),
            Name = name,
            Title = details.Title ?? known?.Title ?? name,
            Publisher = details.Publisher ?? known?.Publisher,
            Date = details.Date ?? known?.Date,
            Url = details.Url ?? (known?.Url is { Length: > 0 } url ? url : null),
            Sha256 = sha256,
            Text = text,
            AddedAt = clock.GetUtcNow(),
        };
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (current is not null)
        {
            await RetireAsync(database, current, transaction, cancellationToken);
        }

        database.Add(document);
        await database.SaveChangesAsync(cancellationToken);
        await IndexAsync(database, document.Id, passages, transaction, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AddedDocument(document, IsNew: true, passages.Count) { Unread = unread };
    }

    public async Task<IReadOnlyList<ArchiveDocument>> ListAsync(bool withHistory, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<ArchiveDocument>().AsNoTracking().Where(document => withHistory || document.ReplacedAt == null)
            .OrderBy(document => document.Name).ThenBy(document => document.AddedAt).ToListAsync(cancellationToken);
    }

    /// <returns>Null where there is no such document.</returns>
    public async Task<IReadOnlyList<ArchivePassage>?> PassagesAsync(string name, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var document = await Named(database, name).AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return document is null
            ? null
            : await database.Set<ArchivePassage>().AsNoTracking().Where(passage => passage.DocumentId == document.Id).OrderBy(passage => passage.Seq)
                .ToListAsync(cancellationToken);
    }

    /// <returns>False where there is no such document.</returns>
    public async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var document = await Named(database, name).SingleOrDefaultAsync(cancellationToken);
        if (document is null)
        {
            return false;
        }

        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        await RetireAsync(database, document, transaction, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Makes all passages anew from the texts that are kept, as after a change of how documents are read.</summary>
    /// <returns>How many documents and passages.</returns>
    public async Task<(int Documents, int Passages)> ReindexAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var documents = await database.Set<ArchiveDocument>().Where(document => document.ReplacedAt == null).ToListAsync(cancellationToken);
        var count = 0;
        foreach (var document in documents)
        {
            await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
            await ForgetAsync(database, document, transaction, cancellationToken);
            var passages = Passages.Of(PlainText.Lines(document.Text));
            await IndexAsync(database, document.Id, passages, transaction, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            count += passages.Count;
        }

        return (documents.Count, count);
    }

    private static IQueryable<ArchiveDocument> Named(OgpBotDb database, string name) =>
        database.Set<ArchiveDocument>().Where(document => document.Name == name && document.ReplacedAt == null);

    private async Task IndexAsync(
        OgpBotDb database, string documentId, IReadOnlyList<PassageText> passages, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        var rows = passages.Select((passage, at) => new ArchivePassage
        {
            DocumentId = documentId,
            Seq = at + 1,
            Section = passage.Section,
            Page = passage.Page,
            Text = passage.Text,
        }).ToList();
        database.AddRange(rows);
        await database.SaveChangesAsync(cancellationToken);
        database.ChangeTracker.Clear();
        var terms = rows.Select(row => (row.Id, string.Join(' ', shipped.Value.Lexicon.TermsOf($"{row.Section} {row.Text}"))));
        index.Add(transaction.GetDbTransaction().Connection!, terms);
    }

    private async Task RetireAsync(OgpBotDb database, ArchiveDocument document, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        await ForgetAsync(database, document, transaction, cancellationToken);
        document.ReplacedAt = clock.GetUtcNow();
        await database.SaveChangesAsync(cancellationToken);
    }

    private async Task ForgetAsync(OgpBotDb database, ArchiveDocument document, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        var passages = database.Set<ArchivePassage>().Where(passage => passage.DocumentId == document.Id);
        index.Remove(transaction.GetDbTransaction().Connection!, await passages.Select(passage => passage.Id).ToListAsync(cancellationToken));
        await passages.ExecuteDeleteAsync(cancellationToken);
    }
}
