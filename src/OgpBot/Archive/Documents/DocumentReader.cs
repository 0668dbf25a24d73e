namespace OgpBot.Archive.Documents;

/// <summary>A file that can't be added, and why, in words for the one who adds it.</summary>
public sealed class UnreadableDocumentException(string message) : Exception(message);

/// <summary>Reads the text of a file by its extension: lines, with a form feed where a page begins and <c>#</c> before headings.</summary>
internal static class DocumentReader
{
    internal static readonly string[] Extensions = [".txt", ".md"];

    internal static Task<string> ReadAsync(string path, byte[] bytes, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".txt" or ".md" => Task.FromResult(PlainText.Decode(bytes)),
            var other => throw new UnreadableDocumentException($"a file of the kind `{other}` can't be read; there are {string.Join(", ", Extensions)}"),
        };
    }
}
