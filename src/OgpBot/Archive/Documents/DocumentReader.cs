namespace OgpBot.Archive.Documents;

/// <summary>A file that can't be added, and why, in words for the one who adds it.</summary>
public sealed class UnreadableDocumentException(string message) : Exception(message);

/// <summary>Reads the text of a file by its extension: lines, with a form feed where a page begins and <c>#</c> before headings.</summary>
internal static class DocumentReader
{
    /// <summary>Pages of one file, where it tells them.</summary>
    internal const int MostPages = 2_000;

    internal static readonly string[] Extensions = [".txt", ".md", ".html", ".htm", ".docx", ".pdf"];

    internal static async Task<string> ReadAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var text = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".txt" or ".md" => PlainText.Decode(bytes),
            ".html" or ".htm" => await HtmlText.ReadAsync(bytes, cancellationToken),
            ".docx" => WordText.Read(bytes, cancellationToken),
            ".pdf" => await PdfText.ReadAsync(bytes, PdfText.Program, PdfText.Longest, cancellationToken),
            var other => throw new UnreadableDocumentException($"a file of the kind `{other}` can't be read; there are {string.Join(", ", Extensions)}"),
        };

        // A form feed at the very end ends the last page and begins none.
        var pages = text.AsSpan().TrimEnd().Count('\f') + 1;
        return pages <= MostPages ? text : throw new UnreadableDocumentException($"it has {pages:N0} pages; {MostPages:N0} are the most");
    }
}
