using System.Globalization;
using OgpBot.Criteria.Statements.Words;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Statements;

/// <summary>
/// Reads a pattern such as <c>&lt;group&gt; ..4 &lt;be&gt; ~3 &lt;insult&gt;</c>. Items stand apart by blanks: <c>word</c>, <c>&lt;class&gt;</c>,
/// <c>&lt;class.inf.them&gt;</c> (a form with these features), <c>*s</c>, <c>s*</c> (a word that ends, or begins, so), <c>*</c> (any word), several with <c>|</c>
/// between, a <c>?</c> after what may be absent; <c>..4</c> up to four words, <c>-4</c> the same within the clause, <c>~3</c> up to three of class <c>filler</c>;
/// <c>^</c> a sentence starts, <c>$</c> it ends, <c>,</c> a pause. <c>{who}</c> stands for each line of that part of the file.
/// </summary>
internal sealed class PatternReader(IReadOnlyCollection<string> classes, IReadOnlyDictionary<string, IReadOnlyList<string>> parts, TagTable tags)
{
    /// <summary>Wider gaps say nothing: what stands so far apart is another statement.</summary>
    private const int WidestGap = 20;

    internal IReadOnlyList<Pattern> Read(DataNode list)
    {
        if (list.Exists && !list.IsList)
        {
            list.Report("patterns are a list, one on a line after `- `");
        }

        return [.. list.Items.SelectMany(node => Expand(node).Select(source => ReadOne(node, source))).OfType<Pattern>()];
    }

    private IReadOnlyList<string> Expand(DataNode node)
    {
        IReadOnlyList<string> sources = [node.Text ?? ""];
        while (sources[0].IndexOf('{', StringComparison.Ordinal) is >= 0 and var open)
        {
            var close = sources[0].IndexOf('}', open);
            var name = close < 0 ? "" : sources[0][(open + 1)..close];
            if (!parts.TryGetValue(name, out var lines) || lines.Count == 0)
            {
                node.Report($"there is no part `{name}`{Nearest.Suggestion(name, parts.Keys)}");
                return [];
            }

            // All sources so far hold the same parts, each at its own place.
            sources = [.. sources.SelectMany(source => lines.Select(line => source.Replace($"{{{name}}}", line, StringComparison.Ordinal)))];
        }

        return sources;
    }

    private Pattern? ReadOne(DataNode node, string source)
    {
        var items = source.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(item => ReadItem(node, item)).OfType<PatternItem>().ToList();
        if (!items.Exists(item => item.Kind == PatternItemKind.Word && !item.Optional))
        {
            node.Report($"`{source}` asks for no word, so it would be found everywhere");
            return null;
        }

        return new Pattern(source, items);
    }

    private PatternItem? ReadItem(DataNode node, string item) => item switch
    {
        "^" => new PatternItem(PatternItemKind.Start, []),
        "$" => new PatternItem(PatternItemKind.End, []),
        "," => new PatternItem(PatternItemKind.Pause, []),
        "*" => new PatternItem(PatternItemKind.Any, []),
        ['.', '.', .. var most] => ReadGap(node, PatternItemKind.Gap, most),
        ['-', .. var most] => ReadGap(node, PatternItemKind.Near, most),
        ['~', .. var most] => ReadGap(node, PatternItemKind.Filler, most),
        [.. var words, '?'] => ReadWord(node, words) with { Optional = true },
        _ => ReadWord(node, item),
    };

    private static PatternItem? ReadGap(DataNode node, PatternItemKind kind, string most)
    {
        if (int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= WidestGap)
        {
            return new PatternItem(kind, [], number);
        }

        node.Report($"a gap is a number from 1 to {WidestGap}, such as `..4`; `{most}` is none");
        return null;
    }

    // "<a|b>|word" is the same as "<a>|<b>|word".
    private PatternItem ReadWord(DataNode node, string words)
    {
        var found = new List<int>();
        var inClass = false;
        foreach (var part in words.Split('|'))
        {
            inClass |= part.StartsWith('<');
            if (inClass)
            {
                found.AddRange(ReadClass(node, part.Trim('<', '>')));
            }
            else if (part.Length > 1 && (part.StartsWith('*') || part.EndsWith('*')))
            {
                found.Add(tags.OfAffix(TextFold.Fold(part.Trim('*')), isPrefix: part.EndsWith('*')));
            }
            else
            {
                found.Add(tags.OfWord(TextFold.Fold(part)));
            }

            inClass &= !part.EndsWith('>');
        }

        if (inClass)
        {
            node.Report($"`{words}` lacks its `>`");
        }

        return new PatternItem(PatternItemKind.Word, [.. found]);
    }

    private IEnumerable<int> ReadClass(DataNode node, string text)
    {
        var parts = text.Split('.');
        if (!classes.Contains(parts[0]))
        {
            node.Report($"there is no class `{parts[0]}`{Nearest.Suggestion(parts[0], classes)}");
            yield break;
        }

        var features = WordFeatures.None;
        foreach (var name in parts[1..])
        {
            if (Enum.TryParse<WordFeatures>(name, ignoreCase: true, out var feature) && !int.TryParse(name, out _))
            {
                features |= feature;
            }
            else
            {
                node.Report($"there is no feature `{name}`{Nearest.Suggestion(name, Enum.GetNames<WordFeatures>().Select(known => known.ToLowerInvariant()))}");
            }
        }

        yield return tags.OfClass(parts[0], features);
    }
}
