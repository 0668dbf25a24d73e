using OgpBot.Archive.Documents.PdfFiles;
using OgpBot.Archive.Documents.WordFiles;

namespace OgpBot.Archive.Documents;

/// <summary>A file that can't be added, and why, in words for the one who adds it.</summary>
public sealed class UnreadableDocumentException(string message) : Exception(message);

/// <summary>What was read of a file: lines, with a form feed or <see cref="TextBlocks.Page"/> where a page begins and <c>#</c> before headings.</summary>
/// <param name="Unread">What of it could not be read, with its place, for the one who adds it.</param>
public sealed record DocumentText(string Text, IReadOnlyList<string> Unread);

/// <summary>Reads the text of a file by its extension.</summary>
internal static class DocumentReader
{
    /// <summary>Pages of one file, where it tells them.</summary>
    internal const int MostPages = 2_000;

    internal static readonly string[] Extensions = [".txt", ".md", ".html", ".htm", ".docx", ".pdf"];

    internal static async Task<DocumentText> ReadAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".txt" or ".md" => new DocumentText(PlainText.Decode(bytes).Replace(TextBlocks.Page, '\n'), []),
            ".html" or ".htm" => await HtmlText.ReadAsync(bytes, cancellationToken),
            ".docx" => WordText.Read(bytes, cancellationToken),
            ".pdf" => await PdfText.ReadAsync(bytes, PdfText.Longest, cancellationToken),
            var other => throw new UnreadableDocumentException($"a file of the kind `{other}` can't be read; there are {string.Join(", ", Extensions)}"),
        };

        // At the very end a page ends and none begins.
        RefusePages(read.Text.AsSpan().TrimEnd().CountAny('\f', TextBlocks.Page) + 1);
        return read;
    }

    internal static void RefusePages(int pages)
    {
        if (pages > MostPages)
        {
            throw new UnreadableDocumentException($"it has {pages:N0} pages; {MostPages:N0} are the most");
        }
    }
}
