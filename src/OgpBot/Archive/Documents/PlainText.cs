using System.Text;

namespace OgpBot.Archive.Documents;

/// <summary>Reads <c>.txt</c> and <c>.md</c> files: UTF-8, or Windows-1252 where it is none.</summary>
internal static class PlainText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    internal static SourceText Lines(string text)
    {
        var lines = new List<SourceLine>();
        var newPage = false;

        // Not ReplaceLineEndings: it takes a form feed for the end of a line.
        foreach (var line in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n'))
        {
            var parts = line.Split('\f');
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

        return new SourceText(lines);
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

    internal static string Decode(byte[] bytes)
    {
        var text = bytes.AsSpan();
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return Strict.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return Windows1252.GetString(text);
        }
    }
}
