using OgpBot.Dialogs;

namespace OgpBot.Criteria;

/// <summary>A text cut into words once, for all checks.</summary>
public sealed class CheckedText
{
    public CheckedText(string text)
    {
        Text = text;
        Tokens = Cut(text);
    }

    public string Text { get; }

    public IReadOnlyList<Token> Tokens { get; }

    public TextSpan Span(int start, int end) => new(start, end, Text[start..end]);

    private static List<Token> Cut(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is >= '\u0300' and <= '\u036F'))
            {
                at++;
            }

            tokens.Add(new Token(TextFold.Fold(text[start..at]), start, at));
        }

        return tokens;
    }
}

/// <summary>A word as it is compared (lower case, no accents) and its place in the text.</summary>
public readonly record struct Token(string Folded, int Start, int End);
