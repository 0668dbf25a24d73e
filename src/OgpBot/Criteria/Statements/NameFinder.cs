using OgpBot.Criteria.Statements.Words;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Statements;

/// <summary>
/// Finds names of places and people: capitalised words after words such as "barranca" or "doña", which are data. A ravine or a family may bear a name that
/// would be an insult elsewhere; such a name insults nobody.
/// </summary>
internal sealed class NameFinder
{
    // A text in which most longer words begin large says nothing by it.
    private const int LongerWord = 4;
    private const double MostCapitals = 0.67;

    // Longer ones are titles.
    private const int MostWords = 6;

    private readonly HashSet<string> links;
    private readonly HashSet<string> articles;
    private readonly HashSet<string> open;
    private readonly HashSet<string> pointing;
    private readonly Dictionary<string, After> after = new(StringComparer.Ordinal);

    private NameFinder(DataNode node, TagTable tags, IReadOnlyCollection<string> classes)
    {
        (links, articles, open, pointing) = (Words(node, "links"), Words(node, "articles"), Words(node, "open"), Words(node, "pointing"));
        foreach (var entry in node["after"].Items)
        {
            entry.Only("why", "words", "next", "unless").Required("why");
            if (entry["unless"].Text is { } named && !classes.Contains(named))
            {
                entry["unless"].Report($"there is no class `{named}`{Nearest.Suggestion(named, classes)}");
            }

            var rule = new After(entry.Flag("next"), entry["unless"].Text is { } unless ? tags.OfClass(unless, WordFeatures.None) : null);
            foreach (var word in entry.Texts("words"))
            {
                foreach (var form in WordForms.Of(word.TrimEnd('.')))
                {
                    after[form.Text] = rule with { IsShort = word.EndsWith('.') };
                }
            }
        }
    }

    /// <param name="node">The section <c>names</c>; where there is none, nothing is a name.</param>
    internal static NameFinder Read(DataNode node, TagTable tags, IReadOnlyCollection<string> classes) =>
        new(node.Only("links", "articles", "open", "pointing", "after"), tags, classes);

    /// <summary>Which words of a text are part of a name.</summary>
    internal bool[] In(CheckedText text, Vocabulary vocabulary)
    {
        var names = new bool[text.Tokens.Count];
        var longer = text.Tokens.Where(token => token.End - token.Start >= LongerWord).ToList();
        if (longer.Count > 1 && longer.Count(token => char.IsUpper(text.Text[token.Start])) > MostCapitals * longer.Count)
        {
            return names;
        }

        for (var at = 0; at < names.Length; at++)
        {
            if (after.TryGetValue(text.Tokens[at].Folded, out var rule) && NameAfter(text, at, rule) is var (start, end) && end > start && IsName(text, start, end, rule, vocabulary))
            {
                Array.Fill(names, true, start, end - start);
            }
        }

        return names;
    }

    private (int Start, int End) NameAfter(CheckedText text, int head, After rule)
    {
        var start = head + 1;
        for (var linked = false; !rule.Next && Follows(text, start, rule.IsShort && start == head + 1) && !IsCapital(text, start); start++)
        {
            var word = text.Tokens[start].Folded;
            if (!links.Contains(word) && !(articles.Contains(word) && (linked || (open.Contains(word) && !IsPointedAt(text, head)))))
            {
                break;
            }

            linked = true;
        }

        var end = start;
        for (var at = start; at < start + MostWords && Follows(text, at, rule.IsShort && at == head + 1) && (IsCapital(text, at) || (end > start && (links.Contains(text.Tokens[at].Folded) || articles.Contains(text.Tokens[at].Folded)))); at++)
        {
            end = IsCapital(text, at) ? at + 1 : end;
        }

        return (start, end);
    }

    // "don Pendejo" is no name, "don Pendejo Ruelas" is: a word that is not of the class stands with it.
    private bool IsName(CheckedText text, int start, int end, After rule, Vocabulary vocabulary)
    {
        for (var at = start; at < end; at++)
        {
            var word = text.Tokens[at].Folded;
            if (rule.Unless is not { } tag || (!links.Contains(word) && !articles.Contains(word) && !(vocabulary.TryGet(word, out var tags) && tags.Has(tag))))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsPointedAt(CheckedText text, int head) => head > 0 && pointing.Contains(text.Tokens[head - 1].Folded);

    // Nothing but blanks and quotation marks between it and the word before; a dot where that is shortened.
    private static bool Follows(CheckedText text, int at, bool afterShort)
    {
        if (at >= text.Tokens.Count)
        {
            return false;
        }

        for (var sign = text.Tokens[at - 1].End; sign < text.Tokens[at].Start; sign++)
        {
            if (!(text.Text[sign] is ' ' or '\u00A0' or '"' or '“' or '«' or '‘' or '\'' || (afterShort && text.Text[sign] == '.')))
            {
                return false;
            }
        }

        return true;
    }

    // "Zorra", not "ZORRA": large letters alone are shouting.
    private static bool IsCapital(CheckedText text, int at)
    {
        var word = text.Text.AsSpan(text.Tokens[at].Start, text.Tokens[at].End - text.Tokens[at].Start);
        return char.IsUpper(word[0]) && (word.Length == 1 || char.IsLower(word[^1]) || char.IsLower(word[1]));
    }

    private static HashSet<string> Words(DataNode node, string key) => [.. node.Texts(key).SelectMany(WordForms.Of).Select(form => form.Text)];

    /// <summary>What may follow a word that names begin after.</summary>
    /// <param name="Next">The name must stand right behind it.</param>
    /// <param name="Unless">The tag of a class whose words alone are none.</param>
    private sealed record After(bool Next, int? Unless)
    {
        /// <summary>The word is shortened, and has a dot behind.</summary>
        internal bool IsShort { get; init; }
    }
}
