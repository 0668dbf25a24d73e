using System.Globalization;

namespace OgpBot.Dialogs;

/// <summary>The options of a step as its file gives them: those of the consultation (<c>from: axes</c>), then its own.</summary>
public sealed class ChoiceList
{
    // A shorter part fits too much by chance.
    private const int ShortestPart = 3;

    private readonly string? from;
    private readonly IReadOnlyList<Item> items;
    private readonly DataNode source;
    private readonly Dictionary<string, IReadOnlyList<Choice>> byLanguage = [];

    private ChoiceList(string? from, IReadOnlyList<Item> items, DataNode source) => (this.from, this.items, this.source) = (from, items, source);

    public bool IsEmpty => from is null && items.Count == 0;

    internal IEnumerable<string> TextKeys => items.Select(item => item.Label);

    internal IEnumerable<string> Targets => items.Select(item => item.GoTo).OfType<string>();

    internal IEnumerable<string> Cleared => items.SelectMany(item => item.Clears);

    internal static ChoiceList Read(DataNode step) => new(step["from"].Text, [.. step["choices"].Items.Select(ReadItem)], step);

    /// <summary>Two options, for a step that asks yes or no.</summary>
    internal static ChoiceList YesNo(DataNode step) => new(null, [ReadItem(step["yes"]) with { Value = "yes" }, ReadItem(step["no"]) with { Value = "no" }], step);

    /// <summary>Writes the options out once for each language, so that no turn has to.</summary>
    internal void Prepare(IReadOnlyDictionary<string, IReadOnlyList<SourceChoice>> sources, Texts texts)
    {
        var choices = new List<Choice>();
        if (from is not null && sources.TryGetValue(from, out var list))
        {
            choices.AddRange(list.Select(choice =>
                new Choice(choice.Value, choice.Title.In(texts.Language), [.. choice.Synonyms.Select(TextFold.Fold)])));
        }
        else if (from is not null && texts.Language == LocalizedText.DefaultLanguage)
        {
            source.Report($"`from: {from}` is not known{Nearest.Suggestion(from, sources.Keys)}");
        }

        choices.AddRange(items.Select(item => new Choice(item.Value, texts.Plain(item.Label), WordsOf(texts, item.Label + "_also"))
        {
            GoTo = item.GoTo,
            Clears = item.Clears,
        }));
        byLanguage[texts.Language] = choices;
    }

    internal IReadOnlyList<Choice> In(string language) => byLanguage[language];

    internal string? LabelOf(string value, string language) => In(language).FirstOrDefault(choice => choice.Value == value)?.Label;

    /// <summary>The option that a typed text means: its label, a synonym, its number by order, or a part that fits one option alone.</summary>
    /// <param name="exactly">A part is not enough: where a free text is asked for, it may be the beginning of one.</param>
    internal static Choice? Match(string text, IReadOnlyList<Choice> choices, bool exactly)
    {
        var folded = TextFold.Fold(text);
        if (folded.Length == 0)
        {
            return null;
        }

        var same = choices.FirstOrDefault(choice => choice.Is(folded));
        if (same is not null)
        {
            return same;
        }

        if (int.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number >= 1 && number <= choices.Count ? choices[number - 1] : null;
        }

        var fitting = exactly || folded.Length < ShortestPart ? [] : choices.Where(choice => choice.HasPart(folded)).Take(2).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    internal static IReadOnlyList<string> WordsOf(Texts texts, string key) =>
        texts[key] is null ? [] : [.. texts.Plain(key).Split(',').Select(TextFold.Fold).Where(word => word.Length > 0)];

    private static Item ReadItem(DataNode node)
    {
        node.Only("value", "label", "goto", "clears");
        return new Item(node["value"].Text ?? "", node.Required("label"), node["goto"].Text, node.Texts("clears"));
    }

    private sealed record Item(string Value, string Label, string? GoTo, IReadOnlyList<string> Clears);
}
