using System.Globalization;

namespace OgpBot.Dialogs;

/// <summary>The options of a step: those of the consultation (<c>from: axes</c>), then the step's own (<c>choices</c>).</summary>
public sealed class ChoiceList
{
    // A shorter part fits too much by chance.
    private const int ShortestPart = 3;

    // A longer sentence says more than which option is meant.
    private const int MostWords = 6;

    // One misspelt letter in a word of this length, two in a word of twice that.
    private const int LettersPerSlip = 5;

    private readonly string? from;
    private readonly IReadOnlyList<Item> items;
    private readonly DataNode source;
    private readonly Dictionary<string, IReadOnlyList<Choice>> byLanguage = [];

    private ChoiceList(string? from, IReadOnlyList<Item> items, DataNode source) => (this.from, this.items, this.source) = (from, items, source);

    public bool IsEmpty => from is null && items.Count == 0;

    internal IEnumerable<string> TextKeys => items.Select(item => item.Label);

    internal IEnumerable<string> Targets => items.SelectMany(item => new[] { item.GoTo, item.Again }).OfType<string>();

    /// <summary>Whether an option leads to the next step.</summary>
    internal bool FallsThrough => from is not null || items.Any(item => item.GoTo is null && item.Again is null);

    internal IEnumerable<string> Intents => items.SelectMany(item => item.Hears);

    internal IEnumerable<string> Cleared => items.SelectMany(item => item.Clears);

    internal static ChoiceList Read(DataNode step) => new(step["from"].Text, [.. step["choices"].Items.Select(ReadItem)], step);

    /// <summary>Two options, for a step that asks yes or no.</summary>
    internal static ChoiceList YesNo(DataNode step)
    {
        var yes = ReadItem(step["yes"]) with { Value = "yes", Means = AnswerWords.YesKey };
        return new(null, [yes, ReadItem(step["no"]) with { Value = "no", Means = AnswerWords.NoKey }], step);
    }

    /// <summary>Prepares the options of one language, once at the start.</summary>
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
            Means = item.Means is null ? [] : WordsOf(texts, item.Means),
            Heard = HeardPhrase.Of(texts, item.Label),
            Intents = item.Hears,
            GoTo = item.GoTo,
            Again = item.Again,
            Clears = item.Clears,
        }));
        byLanguage[texts.Language] = choices;
    }

    internal IReadOnlyList<Choice> In(string language) => byLanguage[language];

    internal string? LabelOf(string value, string language) => In(language).FirstOrDefault(choice => choice.Value == value)?.Label;

    /// <summary>The option that a text is: its label, a synonym or its number. Where a free text is asked for only this counts.</summary>
    internal static Choice? Exact(string text, IReadOnlyList<Choice> choices)
    {
        var folded = TextFold.Fold(text);
        if (folded.Length == 0)
        {
            return null;
        }

        return choices.FirstOrDefault(choice => choice.Is(folded))
            ?? (int.TryParse(folded, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? choices.ElementAtOrDefault(number - 1) : null);
    }

    /// <summary>
    /// The options that a typed text may mean. Several: the citizen is asked which.
    /// They are looked for in this order: the option itself, an ordinal («la tercera»), a part of its name,
    /// a sentence that holds it, a misspelling. The first way that finds any wins.
    /// </summary>
    internal static IReadOnlyList<Choice> Fitting(string text, IReadOnlyList<Choice> choices, AnswerWords words)
    {
        if (Exact(text, choices) is { } same)
        {
            return [same];
        }

        var folded = TextFold.Fold(text);
        if (words.PositionOf(folded, choices.Count) is { } position)
        {
            return [choices[position]];
        }

        if (Meant(folded, choices, words) is { } meant)
        {
            return [meant];
        }

        var meaning = words.Meaning(folded);
        Func<Choice, bool>[] ways =
        [
            choice => HasPart(choice, meaning, words),
            choice => choice.Names.Any(name => name.Length >= ShortestPart && IsPart(name, folded)),
            choice => Telling(choice).Any(word => word.Length >= LettersPerSlip && IsPart(word, meaning)),
            choice => choice.Names.Any(name => IsNear(meaning, name)) || Telling(choice).Any(word => IsNear(meaning, word)),
        ];
        return folded.Count(letter => letter == ' ') >= MostWords || words.Negates(folded)
            ? []
            : ways.Select(way => choices.Where(way).ToList()).FirstOrDefault(found => found.Count > 0) ?? [];
    }

    /// <summary>The option that a sentence means by one of its phrases («jálale, que se vaya»); null where it is none or several.</summary>
    internal static Choice? Heard(string[] said, IReadOnlyList<Choice> choices, int mostBeside, AnswerWords words) =>
        choices.Where(choice => choice.Heard.Any(phrase => phrase.IsSaid(said, mostBeside, words))).Take(2).ToList() is [var only] ? only : null;

    /// <summary>The option that a text names and nothing else: no sentence that holds it.</summary>
    internal static Choice? Named(string text, IReadOnlyList<Choice> choices, AnswerWords words)
    {
        var folded = TextFold.Fold(text);
        if ((Exact(folded, choices) ?? Meant(folded, choices, words)) is { } same)
        {
            return same;
        }

        if (words.PositionOf(folded, choices.Count) is { } position)
        {
            return choices[position];
        }

        var parts = choices.Where(choice => HasPart(choice, words.Meaning(folded), words)).ToList();
        return parts.Count == 1 ? parts[0] : null;
    }

    internal static IReadOnlyList<string> WordsOf(Texts texts, string key) =>
        texts[key] is null ? [] : [.. texts.Plain(key).Split(',').Select(TextFold.Fold).Where(word => word.Length > 0)];

    // The words of its label, and synonyms of one word. The words of a longer synonym stand in many texts.
    private static IEnumerable<string> Telling(Choice choice) =>
        choice.Names.Where((name, at) => at == 0 || !name.Contains(' ', StringComparison.Ordinal)).SelectMany(name => name.Split(' '));

    // The same but for filler words.
    private static Choice? Meant(string folded, IReadOnlyList<Choice> choices, AnswerWords words) =>
        words.Meaning(folded) is { Length: > 0 } meaning
            ? choices.FirstOrDefault(choice => choice.Names.Concat(choice.Means).Any(name => name == meaning || words.Meaning(name) == meaning))
            : null;

    private static bool HasPart(Choice choice, string meaning, AnswerWords words) =>
        meaning.Length >= ShortestPart && choice.Names.Any(name => IsPart(meaning, name) || IsPart(meaning, words.Meaning(name)));

    /// <summary>Whether a folded text holds these words, whole and side by side.</summary>
    internal static bool IsPart(string part, string whole) => $" {whole} ".Contains($" {part} ", StringComparison.Ordinal);

    private static bool IsNear(string typed, string name) => (Math.Min(typed.Length, name.Length) / LettersPerSlip) is > 0 and var slips
        && Nearest.Distance(typed, name) <= Math.Min(2, slips);

    private static Item ReadItem(DataNode node)
    {
        node.Only("value", "label", "goto", "again", "clears", "means", "hears");
        var means = node["means"].Text;
        if (means is not (null or "yes" or "no"))
        {
            node.Report("`means` must be `yes` or `no`");
        }

        return new Item(node["value"].Text ?? "", node.Required("label"), node["goto"].Text, node["again"].Text, node.Texts("clears"))
        {
            Means = means switch { "yes" => AnswerWords.YesKey, "no" => AnswerWords.NoKey, _ => null },
            Hears = node.Texts("hears"),
        };
    }

    private sealed record Item(string Value, string Label, string? GoTo, string? Again, IReadOnlyList<string> Clears)
    {
        /// <summary>The key of the words that mean it: those of yes, or of no.</summary>
        internal string? Means { get; init; }

        /// <summary>Intents that mean it.</summary>
        internal IReadOnlyList<string> Hears { get; init; } = [];
    }
}
