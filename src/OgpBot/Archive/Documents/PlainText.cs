using System.Buffers;
using System.Text;

namespace OgpBot.Archive.Documents;

/// <summary>Reads <c>.txt</c> and <c>.md</c> files: UTF-8, or what the file is marked with or says of itself, else Windows-1252.</summary>
internal static class PlainText
{
    private static readonly Encoding[] Marked = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    internal static SourceText Lines(string text)
    {
        var lines = new List<SourceLine>();
        var newPage = false;

        // Not ReplaceLineEndings: it takes a form feed for the end of a line.
        foreach (var line in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n'))
        {
            var parts = line.Split('\f', TextBlocks.Page);
            for (var part = 0; part < parts.Length; part++)
            {
                newPage |= part > 0;
                if (part < parts.Length - 1 && parts[part].Length == 0)
                {
                    continue;
                }

                lines.Add(Line(parts[part], newPage));
                newPage = false;
            }
        }

        return new SourceText(lines, HasEdges: !text.Contains(TextBlocks.Page, StringComparison.Ordinal));
    }

    // Headings as Markdown writes them (https://spec.commonmark.org/0.31.2/#atx-headings).
    private static SourceLine Line(string line, bool newPage)
    {
        var level = 0;
        while (level < line.Length && line[level] == '#')
        {
            level++;
        }

        return level is > 0 and <= 6 && level < line.Length && line[level] == ' '
            ? new SourceLine(line[(level + 1)..].Trim(), level, newPage)
            : new SourceLine(line, 0, newPage);
    }

    /// <param name="declared">What the file says of itself; it is believed where the bytes don't say otherwise.</param>
    internal static string Decode(byte[] bytes, Encoding? declared = null)
    {
        if (Marked.FirstOrDefault(encoding => bytes.AsSpan().StartsWith(encoding.Preamble)) is { } marked)
        {
            return marked.GetString(bytes.AsSpan()[marked.Preamble.Length..]);
        }

        // Text in another encoding is hardly ever UTF-8 by chance; a sign or two that are none are read apart.
        var text = new StringBuilder(bytes.Length);
        var (good, bad) = (0, 0);
        for (var left = bytes.AsSpan(); left.Length > 0;)
        {
            if (Rune.DecodeFromUtf8(left, out var rune, out var length) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
                good += length > 1 ? 1 : 0;
            }
            else
            {
                length = 1;
                text.Append(Windows1252.GetString(left[..1]));
                bad++;
            }

            left = left[length..];
        }

        return bad <= good ? text.ToString() : (declared is null or UTF8Encoding ? Windows1252 : declared).GetString(bytes);
    }
}
