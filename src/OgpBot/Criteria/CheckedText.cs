using System.Text;
using OgpBot.Dialogs;

namespace OgpBot.Criteria;

/// <summary>
/// A text cut into words once, for all checks. It reads through what hides a word from a list but not from a reader: letters set apart
/// (<c>p u t o</c>), letters of another alphabet that look the same, signs in place of letters (<c>pu$o</c>).
/// </summary>
public sealed class CheckedText
{
    /// <summary>Letters set apart are joined up to here; a longer run is no word.</summary>
    public const int LongestSpaced = 24;

    private const int ShortestSpaced = 3;

    // Cyrillic and Greek letters beside the Latin ones that they are taken for.
    private const string Lookalikes = "аеорсухіјѕкмтвнАЕОРСУХІЈЅКМТВНαεονικρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    private const string Latin_____ = "aeopcyxijskmtbnAEOPCYXIJSKMTBNaeovikptuxABEZHIKMNOPTYX";

    public CheckedText(string text)
    {
        Text = text;
        Tokens = Join(text, Cut(text));
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
            while (at < text.Length && IsOfWord(text, start, at))
            {
                at++;
            }

            tokens.Add(new Token(Fold(text[start..at]), start, at));
        }

        return tokens;
    }

    private static bool IsOfWord(string text, int start, int at) =>
        char.IsLetterOrDigit(text[at]) || text[at] is >= '\u0300' and <= '\u036F' || IsSignForLetter(text, start, at);

    // "pu$o", "p*to", "amig@s"; but not "juan@correo.mx".
    private static bool IsSignForLetter(string text, int start, int at) => text[at] switch
    {
        '$' or '*' => char.IsLetter(text[at - 1]) && at + 1 < text.Length && char.IsLetter(text[at + 1]),
        '@' => at > start && char.IsLetter(text[at - 1]) && !IsAddress(text, at),
        _ => false,
    };

    // What follows the sign holds a dot and goes on, as in "juan@correo.mx".
    private static bool IsAddress(string text, int sign)
    {
        var end = sign + 1;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_'))
        {
            end++;
        }

        return end + 1 < text.Length && text[end] == '.' && char.IsLetterOrDigit(text[end + 1]);
    }

    private static string Fold(string word)
    {
        var latin = word.Any(letter => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));
        if (!latin || word.All(letter => char.IsLetterOrDigit(letter) && letter < 0x370))
        {
            return TextFold.Fold(word);
        }

        var plain = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            var at = Lookalikes.IndexOf(letter, StringComparison.Ordinal);
            plain.Append(letter switch { '$' => 's', '@' => 'a', '*' => 'ª', _ => at < 0 ? letter : Latin_____[at] });
        }

        // A star stands for a letter that the writer holds back. The fold would drop it, so it travels as a letter that no word holds.
        return TextFold.Fold(plain.ToString()).Replace('ª', Token.HeldBack);
    }

    private static List<Token> Join(string text, List<Token> tokens)
    {
        if (!tokens.Exists(token => token.Folded.Length == 1))
        {
            return tokens;
        }

        var joined = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count;)
        {
            var end = EndOfSpaced(text, tokens, at);
            if (end - at < ShortestSpaced)
            {
                joined.Add(tokens[at++]);
                continue;
            }

            joined.Add(new Token(string.Concat(tokens[at..end].Select(token => token.Folded)), tokens[at].Start, tokens[end - 1].End));
            at = end;
        }

        return joined;
    }

    // Single letters with the same one sign between them.
    private static int EndOfSpaced(string text, List<Token> tokens, int first)
    {
        var end = first;
        while (end < tokens.Count && end - first < LongestSpaced && tokens[end].Folded.Length == 1
            && (end == first || (tokens[end].Start == tokens[end - 1].End + 1 && text[tokens[end - 1].End] == text[tokens[first].End]))
            && (char.IsLetter(tokens[end].Folded[0]) || (end > first && char.IsLetter(tokens[end - 1].Folded[0]))))
        {
            end++;
        }

        return end;
    }
}

/// <summary>A word as it is compared (lower case, no accents) and its place in the text.</summary>
public readonly record struct Token(string Folded, int Start, int End)
{
    /// <summary>Stands in a folded word for a letter that the writer replaced with a star.</summary>
    public const char HeldBack = '*';
}
