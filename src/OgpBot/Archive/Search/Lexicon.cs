using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Search;

/// <summary>
/// The words of questions, from <c>archive/lexicon.yaml</c>: which carry nothing, which tell what is asked for, which mean the same, how they are written
/// in a hurry, and what the English ones are in Spanish.
/// </summary>
internal sealed partial class Lexicon(
    HashSet<string> empty, Dictionary<string, string> hurried, Dictionary<string, string> english, Dictionary<string, string> same, List<string> alike,
    List<(string[] Words, string Means)> phrases)
{
    private readonly HashSet<string> decisive = [];

    internal static Lexicon Read(DataNode file)
    {
        file.Only("empty", "decisive", "asks", "contacts", "hurried", "english", "phrases", "same");
        var same = new Dictionary<string, string>();
        var alike = new List<string>();
        foreach (var group in file["same"].Items)
        {
            var words = group.Items.Select(word => TextFold.Fold(word.Text ?? "")).ToList();
            alike.AddRange(words);
            foreach (var word in words)
            {
                same.TryAdd(SpanishStem.Of(word), SpanishStem.Of(words[0]));
            }
        }

        var lexicon = new Lexicon(
            [.. file.Texts("empty").SelectMany(line => TextFold.Fold(line).Split(' '))],
            Pairs(file["hurried"]),
            Pairs(file["english"]),
            same,
            alike,
            [.. file["phrases"].Entries.Select(entry => (TextFold.Fold(entry.Key).Split(' '), TextFold.Fold(entry.Value.Text ?? "")))])
        {
            Asks = Kinds(file["asks"].Only("when", "who", "how_many", "where", "why")),
            Contacts = Kinds(file["contacts"].Only("phone", "email", "address")),
        };
        lexicon.decisive.UnionWith(file.Texts("decisive").SelectMany(line => TextFold.Fold(line).Split(' ')).Select(lexicon.TermOf));
        return lexicon;
    }

    /// <summary>The words that tell for what kind of answer a question asks, such as <c>when</c>.</summary>
    internal required IReadOnlyList<(string Kind, string[] Words)> Asks { get; init; }

    /// <summary>The words that ask how to reach someone; a kind is searched for by its first.</summary>
    internal required IReadOnlyList<(string Kind, string[] Words)> Contacts { get; init; }

    /// <summary>Whether an answer to a question with this term must have the term too.</summary>
    internal bool IsDecisive(string term) => decisive.Contains(term);

    /// <summary>All words that it holds, in Spanish.</summary>
    internal IEnumerable<string> Words =>
        [.. empty, .. hurried.Keys, .. hurried.Values.Concat(phrases.Select(phrase => phrase.Means)).Concat(english.Values).SelectMany(text => text.Split(' ')), .. alike];

    /// <summary>Whether a word carries nothing that a text could be found by.</summary>
    internal bool IsEmpty(string folded) => empty.Contains(folded);

    /// <summary>The words as they would be written with care, in Spanish.</summary>
    /// <param name="spelling">Repairs words that it does not know; null: they stay. It would take English ones for Spanish.</param>
    internal IReadOnlyList<string> Spell(string text, bool isEnglish, Spelling? spelling = null)
    {
        var words = TextFold.Fold(text).Split([' ', '/'], StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(word => hurried.GetValueOrDefault(word, word).Split(' ')).Select(word => isEnglish || spelling is null ? word : spelling.Repair(word)).ToList();
        // There are many phrases, and few texts have the first word of more than some.
        var present = words.ToHashSet();
        foreach (var (phrase, means) in phrases.Where(phrase => present.Contains(phrase.Words[0])))
        {
            if (Replace(words, phrase, means))
            {
                present.UnionWith(means.Split(' '));
            }
        }

        return isEnglish ? [.. words.SelectMany(word => english.GetValueOrDefault(word, english.GetValueOrDefault(word.TrimEnd('s'), word)).Split(' '))] : words;
    }

    /// <summary>The term of a word: its stem, or that of the first word that means the same.</summary>
    internal string TermOf(string folded)
    {
        var stem = SpanishStem.Of(folded);
        return same.GetValueOrDefault(stem, stem);
    }

    /// <summary>The terms of a text, in its order, without words that carry nothing.</summary>
    internal IReadOnlyList<string> TermsOf(string text, bool isEnglish = false) =>
        [.. Spell(WithWhole(text), isEnglish).Where(word => !IsEmpty(word)).Select(TermOf)];

    // A word that is divided at the end of a line is quoted as it stands, and found by its halves and whole: the hyphen may be its own.
    private static string WithWhole(string text)
    {
        var plain = Invisible().Replace(text, "");
        return $"{plain} {string.Join(' ', Divided().Matches(text).Select(match => $"{match.Groups["first"]}{match.Groups["second"]}"))}";
    }

    [GeneratedRegex("[\u00AD\u200B\u2060\uFEFF]")]
    private static partial Regex Invisible();

    [GeneratedRegex("(?<first>\\p{L}{2,})[-\u00AD\u2010][\\s…]+(?<second>\\p{L}+)")]
    private static partial Regex Divided();

    private static bool Replace(List<string> words, string[] phrase, string means)
    {
        var replaced = false;
        for (var at = 0; at + phrase.Length <= words.Count; at++)
        {
            var fits = true;
            for (var next = 0; next < phrase.Length && fits; next++)
            {
                fits = words[at + next] == phrase[next];
            }

            if (fits)
            {
                words.RemoveRange(at, phrase.Length);
                words.InsertRange(at, means.Split(' '));
                replaced = true;
            }
        }

        return replaced;
    }

    private static List<(string Kind, string[] Words)> Kinds(DataNode node) =>
        [.. node.Entries.Select(entry => (entry.Key, TextFold.Fold(entry.Value.Text ?? "").Split(' ')))];

    private static Dictionary<string, string> Pairs(DataNode node) =>
        node.Entries.GroupBy(entry => TextFold.Fold(entry.Key)).ToDictionary(group => group.Key, group => TextFold.Fold(group.First().Value.Text ?? ""));
}
