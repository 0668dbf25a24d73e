using OgpBot.Dialogs;

namespace OgpBot.Criteria.Checks;

/// <summary>
/// Finds words and phrases of data files in a text. <c>*</c> at the end of a word stands for any ending. It looks each word of the text up once, so
/// its cost does not grow with the number of phrases.
/// </summary>
internal sealed class PhraseFinder
{
    private readonly Dictionary<string, List<Phrase>> byWord = [];
    private readonly Dictionary<string, List<Phrase>> byBeginning = [];
    private readonly Dictionary<string, List<Phrase>>.AlternateLookup<ReadOnlySpan<char>> beginnings;

    internal PhraseFinder() => beginnings = byBeginning.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Adds the <c>words</c> of an entry of a file; <c>why</c> it is there must stand beside them.</summary>
    internal void Add(DataNode entry, int family)
    {
        entry.Required("why");
        var words = entry.Texts("words");
        if (words.Count == 0)
        {
            entry.Report("`words` is empty");
        }

        foreach (var phrase in words)
        {
            Add(phrase, family, entry);
        }
    }

    /// <summary>All phrases in the text, in its order; where several begin at a word, the longest.</summary>
    internal List<FoundPhrase> Find(CheckedText text)
    {
        var found = new List<FoundPhrase>();
        var tokens = text.Tokens;
        for (var at = 0; at < tokens.Count; at++)
        {
            if (LongestAt(tokens, at) is { } phrase)
            {
                found.Add(new FoundPhrase(phrase, tokens[at].Start, tokens[at + phrase.Words.Length - 1].End));
            }
        }

        return found;
    }

    private Phrase? LongestAt(IReadOnlyList<Token> tokens, int at)
    {
        var word = tokens[at].Folded;
        var best = byWord.TryGetValue(word, out var whole) ? Longest(whole, tokens, at, null) : null;
        for (var length = 1; length <= word.Length; length++)
        {
            if (beginnings.TryGetValue(word.AsSpan(0, length), out var begun))
            {
                best = Longest(begun, tokens, at, best);
            }
        }

        return best;
    }

    private static Phrase? Longest(List<Phrase> phrases, IReadOnlyList<Token> tokens, int at, Phrase? best)
    {
        foreach (var phrase in phrases)
        {
            if (phrase.Words.Length > (best?.Words.Length ?? 0) && phrase.FitsAt(tokens, at))
            {
                best = phrase;
            }
        }

        return best;
    }

    private void Add(string written, int family, DataNode entry)
    {
        var words = PhraseWord.ReadAll(written);
        if (words.Length == 0 || words.Any(word => word.Text.Length == 0))
        {
            entry.Report($"`{written}` is no word");
            return;
        }

        var index = words[0].Begins ? byBeginning : byWord;
        if (!index.TryGetValue(words[0].Text, out var phrases))
        {
            index[words[0].Text] = phrases = [];
        }

        phrases.Add(new Phrase(written, words, family));
    }

    internal sealed record Phrase(string Written, PhraseWord[] Words, int Family)
    {
        internal bool FitsAt(IReadOnlyList<Token> tokens, int at)
        {
            if (at + Words.Length > tokens.Count)
            {
                return false;
            }

            for (var next = 0; next < Words.Length; next++)
            {
                if (!Words[next].Fits(tokens[at + next].Folded))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

/// <summary>A phrase of a file at its place in a text.</summary>
internal readonly record struct FoundPhrase(PhraseFinder.Phrase Phrase, int Start, int End);
