namespace OgpBot.Criteria.Statements.Words;

/// <summary>All words and phrases that patterns ask for, with their tags.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, Tags> words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string[] Others, Tags Tags)>> phrases = new(StringComparer.Ordinal);
    private readonly HashSet<string> parts = new(StringComparer.Ordinal);
    private readonly HashSet<string> content = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> bySound = new(StringComparer.Ordinal);
    private readonly TagTable table;

    // Marks of all words that lack one letter, in a table so wide that few others share them: most unknown words are done with at one look.
    private readonly ulong[] lacking = new ulong[1 << 16];

    internal Vocabulary(WordClasses classes, TagTable table)
    {
        this.table = table;

        // The forms of a verb have the same tags, and there are many forms: each set is made once and serves them all.
        var made = new Dictionary<(Tags Before, int[] Added), Tags>();
        foreach (var (word, tag) in table.Words)
        {
            words[word] = table.New([tag]);
        }

        // Thousands of forms of a class have some tens of features between them.
        var tagsOf = new Dictionary<(string Class, WordFeatures Features), int[]>();
        foreach (var (name, form) in classes.Forms)
        {
            if (!tagsOf.TryGetValue((name, form.Features), out var tags))
            {
                tagsOf[(name, form.Features)] = tags = [.. classes.WithWider(name).SelectMany(wider => table.Of(wider, form.Features))];
            }

            Add(form, tags, made, isContent: !IsReserved(name));
        }

        foreach (var word in content)
        {
            bySound.TryAdd(Sound.Of(word), word);
            MarkLacking(word);
        }

        Longest = words.Keys.Concat(parts).Select(word => word.Length).DefaultIfEmpty().Max();
    }

    internal int Longest { get; }

    internal TagTable Table => table;

    internal bool Knows(string word) => words.ContainsKey(word) || parts.Contains(word);

    /// <summary>Whether a word of a class of the file is spelt so; a slip of the pen is read as such words alone.</summary>
    internal bool IsContent(string word) => content.Contains(word);

    /// <summary>The word of a class that sounds the same, or null.</summary>
    internal string? SoundsLike(string word) => bySound.GetValueOrDefault(Sound.Of(word));

    internal bool TryGet(string word, out Tags tags) => words.TryGetValue(word, out tags);

    internal IReadOnlyList<(string[] Others, Tags Tags)> PhrasesFrom(string word) => phrases.TryGetValue(word, out var found) ? found : [];

    internal Dictionary<string, Tags>.AlternateLookup<ReadOnlySpan<char>> BySpan => words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>False where no word of a class has just one letter more, after its first; true where one may.</summary>
    internal bool MayLackALetter(string word)
    {
        var mark = Mark(word);
        return (lacking[mark >> 6] & 1ul << (mark & 63)) != 0;
    }

    private void MarkLacking(string word)
    {
        Span<char> left = stackalloc char[word.Length];
        for (var at = 1; at < word.Length; at++)
        {
            word.CopyTo(left);
            word.AsSpan(at + 1).CopyTo(left[at..]);
            var mark = Mark(left[..^1]);
            lacking[mark >> 6] |= 1ul << (mark & 63);
        }
    }

    private int Mark(ReadOnlySpan<char> word) => string.GetHashCode(word) & ((lacking.Length << 6) - 1);

    private static bool IsReserved(string name) => name is WordClasses.Stop or WordClasses.Filler or WordClasses.Clause or WordClasses.Known;

    private void Add(WordForm form, int[] tags, Dictionary<(Tags Before, int[] Added), Tags> made, bool isContent)
    {
        var parts = form.Text.Split(' ');
        if (parts.Length == 1)
        {
            var before = words.GetValueOrDefault(form.Text);
            if (!made.TryGetValue((before, tags), out var with))
            {
                made[(before, tags)] = with = table.New(tags);
                with.Add(before);
            }

            words[form.Text] = with;
            if (isContent)
            {
                content.Add(form.Text);
            }

            return;
        }

        this.parts.UnionWith(parts);
        if (!phrases.TryGetValue(parts[0], out var same))
        {
            phrases[parts[0]] = same = [];
        }

        same.Add((parts[1..], table.New(tags)));
    }
}
