namespace OgpBot.Archive.Search;

/// <summary>
/// Reads an unknown word as the known one that is a letter away: one missing, one too many, one other, or two swapped. Every known word is kept with
/// each of its letters left out, so that a word is found without going through all of them.
/// </summary>
internal sealed class Spelling
{
    // Short words are a letter away from too many others.
    private const int Shortest = 5;

    private readonly HashSet<string> known;
    private readonly Dictionary<string, string> shortened = [];

    /// <param name="words">Folded; the more frequent first, for where two are as near.</param>
    internal Spelling(IEnumerable<string> words)
    {
        known = [];
        foreach (var word in words)
        {
            if (known.Add(word) && word.Length >= Shortest)
            {
                foreach (var less in Deletions(word))
                {
                    shortened.TryAdd(less, word);
                }
            }
        }
    }

    internal bool Knows(string word) => known.Contains(word);

    /// <summary>The word that was meant, or the same.</summary>
    internal string Repair(string word)
    {
        if (word.Length < Shortest || known.Contains(word) || word.Any(char.IsAsciiDigit))
        {
            return word;
        }

        // A letter missing: the word is a deletion of a known one. A letter too many: a deletion of it is known. Otherwise both meet in a deletion.
        return shortened.GetValueOrDefault(word)
            ?? Deletions(word).FirstOrDefault(known.Contains)
            ?? Deletions(word).Select(less => shortened.GetValueOrDefault(less)).FirstOrDefault(found => found is not null)
            ?? word;
    }

    private static IEnumerable<string> Deletions(string word)
    {
        for (var at = 0; at < word.Length; at++)
        {
            yield return word.Remove(at, 1);
        }
    }
}
