using System.Text;

namespace OgpBot.Dialogs;

/// <summary>
/// A text of <c>texts.xx.yaml</c>. <c>{name}</c> is replaced by a value.
/// A part in <c>[? … ?]</c> is left out where one of its values is missing or empty. So a summary has no label without a value.
/// </summary>
public sealed class TextTemplate
{
    private readonly List<Part> parts;

    private TextTemplate(List<Part> parts) => this.parts = parts;

    /// <summary>The names of all values that the text may show.</summary>
    public IEnumerable<string> Names => parts.SelectMany(part => part.Pieces).Where(piece => piece.IsName).Select(piece => piece.Text).Distinct();

    /// <exception cref="FormatException">A bracket is not closed, or a name has other signs than <c>a-z</c>, <c>0-9</c>, <c>_</c> and <c>.</c></exception>
    public static TextTemplate Parse(string text)
    {
        var parts = new List<Part>();
        var rest = text;
        while (rest.Length > 0)
        {
            var open = rest.IndexOf("[?", StringComparison.Ordinal);
            if (open < 0)
            {
                parts.Add(new Part(false, ParsePieces(rest)));
                break;
            }

            var close = rest.IndexOf("?]", open, StringComparison.Ordinal);
            if (close < 0)
            {
                throw new FormatException("[? is never closed by ?]");
            }

            parts.Add(new Part(false, ParsePieces(rest[..open])));
            parts.Add(new Part(true, ParsePieces(rest[(open + 2)..close])));
            rest = rest[(close + 2)..];
        }

        return new TextTemplate(parts);
    }

    /// <summary>The text with its values. A value that <paramref name="valueOf"/> does not know is left empty.</summary>
    public string Render(Func<string, string?> valueOf)
    {
        if (parts is [{ Optional: false, Pieces: [{ IsName: false, Text: var whole }] }])
        {
            return whole;
        }

        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.Optional && part.Pieces.Any(piece => piece.IsName && string.IsNullOrEmpty(valueOf(piece.Text))))
            {
                continue;
            }

            foreach (var piece in part.Pieces)
            {
                text.Append(piece.IsName ? valueOf(piece.Text) : piece.Text);
            }
        }

        return text.ToString();
    }

    private static List<Piece> ParsePieces(string text)
    {
        var pieces = new List<Piece>();
        while (text.Length > 0)
        {
            var open = text.IndexOf('{', StringComparison.Ordinal);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (open < 0)
            {
                pieces.Add(new Piece(false, text));
                break;
            }

            var name = close < 0 ? "" : text[(open + 1)..close];
            if (name.Length == 0 || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_' or '.'))
            {
                throw new FormatException($"{{{name} is not a name in braces");
            }

            if (open > 0)
            {
                pieces.Add(new Piece(false, text[..open]));
            }

            pieces.Add(new Piece(true, name));
            text = text[(close + 1)..];
        }

        return pieces;
    }

    private sealed record Part(bool Optional, List<Piece> Pieces);

    private sealed record Piece(bool IsName, string Text);
}
