namespace OgpBot.Criteria.Statements.Words;

/// <summary>
/// Gives each word class, with the features that a pattern asks of it, and each plain word of a pattern its number. Only what patterns
/// ask for gets one, so a token's tags are a few bits.
/// </summary>
internal sealed class TagTable
{
    private readonly Dictionary<(string Class, WordFeatures Features), int> ofClasses = [];
    private readonly Dictionary<string, int> ofWords = new(StringComparer.Ordinal);
    private readonly List<(string Text, bool IsPrefix, int Tag)> ofAffixes = [];
    private int count;

    internal IReadOnlyDictionary<string, int> Words => ofWords;

    internal IReadOnlyList<(string Text, bool IsPrefix, int Tag)> Affixes => ofAffixes;

    internal int OfClass(string name, WordFeatures features) => Find(ofClasses, (name, features));

    internal int OfWord(string folded) => Find(ofWords, folded);

    internal int OfAffix(string text, bool isPrefix)
    {
        var at = ofAffixes.FindIndex(known => known.Text == text && known.IsPrefix == isPrefix);
        if (at >= 0)
        {
            return ofAffixes[at].Tag;
        }

        ofAffixes.Add((text, isPrefix, count));
        return count++;
    }

    /// <summary>The tags of a form of the class: those that ask for no feature that it lacks.</summary>
    internal IEnumerable<int> Of(string name, WordFeatures features) =>
        ofClasses.Where(pair => pair.Key.Class == name && (pair.Key.Features & ~features) == 0).Select(pair => pair.Value);

    internal Tags New() => new(new ulong[(count + 63) / 64]);

    internal Tags New(IEnumerable<int> tags)
    {
        var set = New();
        foreach (var tag in tags)
        {
            set.Add(tag);
        }

        return set;
    }

    private int Find<TKey>(Dictionary<TKey, int> table, TKey key)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var tag))
        {
            table[key] = tag = count++;
        }

        return tag;
    }
}
