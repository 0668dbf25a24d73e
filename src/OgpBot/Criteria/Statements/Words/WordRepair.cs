using System.Text;

namespace OgpBot.Criteria.Statements.Words;

/// <summary>
/// Reads an unknown word as a known one: with figures for letters, spelt as it sounds, with a letter missing, too many or swapped, or two words written as
/// one. Known words are never changed. A repaired word never makes a statement alone.
/// </summary>
internal sealed class WordRepair(Vocabulary vocabulary)
{
    private const int ShortestTypo = 4;
    private const int LongestShort = 6;
    private const int ShortestGlued = 7;
    private const int LongestJoined = 16;
    private static readonly string[] Prefixes = ["con", "des", "trans", "para", "super", "mal", "sub", "sus", "contra", "bien", "corre"];

    private const string Figures = "4@310!75$8";
    private const string Letters = "aaeioitssb";

    /// <summary>The word without letters drawn out ("putoooo"), if that is known. A reader sees the same word, so it counts as written.</summary>
    internal string? Shorten(string word)
    {
        if (!HasDouble(word))
        {
            return null;
        }

        return Known(Collapse(word, 1)) ?? Known(Collapse(word, 2));
    }

    /// <summary>The known word that was meant, or null.</summary>
    internal string? Read(string word)
    {
        if (word.Length > vocabulary.Longest + 1)
        {
            return null;
        }

        if (word.Any(char.IsAsciiDigit))
        {
            return word.Count(char.IsLetter) >= 2 ? Plain(word) : null;
        }

        return word.Contains(Token.HeldBack, StringComparison.Ordinal) ? Held(word) : Typo(word);
    }

    /// <summary>The known word that was cut in two ("neg.ros"), or null.</summary>
    internal string? Join(Token first, Token second)
    {
        if (second.Start != first.End + 1 || vocabulary.Knows(first.Folded) || vocabulary.Knows(second.Folded)
            || first.Folded.Length < 2 || second.Folded.Length < 2
            || first.Folded.Length + second.Folded.Length is < ShortestTypo or > LongestJoined)
        {
            return null;
        }

        return Content(first.Folded + second.Folded);
    }

    /// <summary>Where two known words were written as one, or 0.</summary>
    internal int Seam(string word, bool spaced)
    {
        if ((word.Length < ShortestGlued && !spaced) || word.Length > 2 * vocabulary.Longest)
        {
            return 0;
        }

        var least = spaced ? 1 : 2;
        for (var at = word.Length - least; at >= least; at--)
        {
            var (first, second) = (word[..at], word[at..]);
            if ((spaced || !IsDerived(first, second)) && vocabulary.Knows(first) && vocabulary.Knows(second)
                && ((at > 3 && vocabulary.IsContent(first)) || (second.Length > 3 && vocabulary.IsContent(second))))
            {
                return at;
            }
        }

        return 0;
    }

    // "Re-corrido", "triste-mente": Spanish builds words so; nobody glued them.
    private static bool IsDerived(string first, string second) =>
        first.Length < 3 || Prefixes.Contains(first) || second == "mente" || (second.Length < 4 && second is not ("de" or "que" or "son" or "dan" or "es"));

    private string? Plain(string word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            var at = Figures.IndexOf(letter, StringComparison.Ordinal);
            plain.Append(at < 0 ? letter : Letters[at]);
        }

        var read = plain.ToString();
        return Content(read) ?? (word.Contains('1', StringComparison.Ordinal) ? Content(read.Replace('i', 'l')) : null) ?? Shorten(read);
    }

    private string? Held(string word)
    {
        var at = word.IndexOf(Token.HeldBack, StringComparison.Ordinal);
        if (word.LastIndexOf(Token.HeldBack) != at)
        {
            return null;
        }

        foreach (var letter in "aeiourtdn")
        {
            if (Content(string.Concat(word.AsSpan(0, at), [letter], word.AsSpan(at + 1))) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private string? Typo(string word)
    {
        if (word.Length < ShortestTypo && (word.Length < 2 || word.AsSpan().ContainsAny("aeiou")))
        {
            return null;
        }

        if (word.Length > ShortestTypo && vocabulary.SoundsLike(word) is { } same)
        {
            return same;
        }

        if (vocabulary.MayLackALetter(word) && WithOneMore(word) is { } whole)
        {
            return whole;
        }

        Span<char> swapped = stackalloc char[word.Length];
        var words = vocabulary.BySpan;
        word.CopyTo(swapped);
        for (var at = 0; at + 1 < word.Length; at++)
        {
            (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
            if (words.TryGetValue(swapped, out var found, out _) && vocabulary.IsContent(found))
            {
                return found;
            }

            (swapped[at], swapped[at + 1]) = (swapped[at + 1], swapped[at]);
        }

        return word.Length > LongestShort ? OneTooMany(word) : null;
    }

    private string? WithOneMore(string word)
    {
        Span<char> tried = stackalloc char[word.Length + 1];
        var words = vocabulary.BySpan;
        for (var at = 1; at <= word.Length; at++)
        {
            word.AsSpan(0, at).CopyTo(tried);
            word.AsSpan(at).CopyTo(tried[(at + 1)..]);
            for (var letter = 'a'; letter <= 'z'; letter++)
            {
                tried[at] = letter;
                if (words.TryGetValue(tried, out var found, out _) && vocabulary.IsContent(found))
                {
                    return found;
                }
            }
        }

        return null;
    }

    private string? OneTooMany(string word)
    {
        Span<char> tried = stackalloc char[word.Length - 1];
        var words = vocabulary.BySpan;
        for (var at = 1; at < word.Length; at++)
        {
            word.AsSpan(0, at).CopyTo(tried);
            word.AsSpan(at + 1).CopyTo(tried[at..]);
            if (words.TryGetValue(tried, out var found, out _) && vocabulary.IsContent(found))
            {
                return found;
            }
        }

        return null;
    }

    private static bool HasDouble(string word)
    {
        for (var at = 1; at < word.Length; at++)
        {
            if (word[at] == word[at - 1])
            {
                return true;
            }
        }

        return false;
    }

    private static string Collapse(string word, int most)
    {
        var kept = new StringBuilder(word.Length);
        var run = 0;
        foreach (var letter in word)
        {
            run = kept.Length > 0 && kept[^1] == letter ? run + 1 : 1;
            if (run <= most)
            {
                kept.Append(letter);
            }
        }

        return kept.ToString();
    }

    private string? Known(string word) => vocabulary.Knows(word) ? word : null;

    private string? Content(string word) => vocabulary.IsContent(word) ? word : null;
}
