using System.Globalization;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Splits a text into messages that Telegram takes. Split first, then escape each piece: Telegram counts units after it has read tags and entities. So no
/// entity is cut in two.
/// </summary>
internal static class TelegramText
{
    /// <summary>Units of UTF-16.</summary>
    internal const int Longest = 4096;

    private const string SentenceEnds = ".!?…";
    private const string SentenceClosers = "\"'”’»)]";

    /// <summary>
    /// Splits at the end of a paragraph, a line, a sentence or a word, whichever is found first in this order; within a word only where one is
    /// too long.
    /// </summary>
    /// <returns>Pieces without blanks around them; none where the text is blank.</returns>
    internal static IReadOnlyList<string> Split(string text, int longest = Longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 2);
        var pieces = new List<string>();
        var rest = text.ReplaceLineEndings("\n").AsSpan().Trim();
        while (rest.Length > longest)
        {
            var cut = CutOf(rest, longest);
            pieces.Add(rest[..cut].TrimEnd().ToString());
            rest = rest[cut..].TrimStart();
        }

        if (!rest.IsEmpty)
        {
            pieces.Add(rest.ToString());
        }

        return pieces;
    }

    private static int CutOf(ReadOnlySpan<char> text, int longest)
    {
        // A piece of a few words followed by a full one reads worse than a paragraph in two.
        var least = longest / 4;
        var window = text[..(longest + 1)];
        var paragraph = window.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (paragraph > least)
        {
            return paragraph;
        }

        var line = window.LastIndexOf('\n');
        if (line > least)
        {
            return line;
        }

        var sentence = SentenceEnd(window);
        if (sentence > least)
        {
            return sentence;
        }

        var word = LastBlank(window);
        return word > 0 ? word : WithinWord(text, longest);
    }

    private static int SentenceEnd(ReadOnlySpan<char> window)
    {
        for (var blank = LastBlank(window); blank > 0; blank = LastBlank(window[..blank]))
        {
            var end = window[..blank].TrimEnd(SentenceClosers);
            if (!end.IsEmpty && SentenceEnds.Contains(end[^1]))
            {
                return blank;
            }
        }

        return 0;
    }

    private static int LastBlank(ReadOnlySpan<char> window)
    {
        var at = window.Length - 1;
        while (at > 0 && !char.IsWhiteSpace(window[at]))
        {
            at--;
        }

        return at;
    }

    // Between two characters as a reader sees them: neither half a pair nor an emoji without its skin tone.
    private static int WithinWord(ReadOnlySpan<char> text, int longest)
    {
        var cut = 0;
        while (cut < longest)
        {
            var next = StringInfo.GetNextTextElementLength(text[cut..]);
            if (cut + next > longest)
            {
                break;
            }

            cut += next;
        }

        return cut > 0 ? cut : char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
    }
}
