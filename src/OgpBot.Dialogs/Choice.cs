namespace OgpBot.Dialogs;

/// <summary>An option of a step, in one language, ready to be compared with what a citizen types.</summary>
/// <param name="Value">What is kept in the slot.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Also">Other words for it, folded.</param>
public sealed record Choice(string Value, string Label, IReadOnlyList<string> Also)
{
    /// <summary>All that it is called, folded, its label first.</summary>
    internal IReadOnlyList<string> Names { get; } = [TextFold.Fold(Label), .. Also];

    /// <summary>Many ways to say yes or no, where it means that: they count whole, and no part of them does. Folded.</summary>
    internal IReadOnlyList<string> Means { get; init; } = [];

    /// <summary>Phrases by which it is recognised in a sentence.</summary>
    internal IReadOnlyList<HeardPhrase> Heard { get; init; } = [];

    /// <summary>Intents of sentences that mean it (<c>intents.LANG.yaml</c>), such as <c>command.skip</c>.</summary>
    internal IReadOnlyList<string> Intents { get; init; } = [];

    /// <summary>The step to go to when it is chosen; null: the next.</summary>
    public string? GoTo { get; init; }

    /// <summary>A step to be asked again although its slot is filled; the option is offered only where it is.</summary>
    public string? Again { get; init; }

    /// <summary>Slots that it empties.</summary>
    public IReadOnlyList<string> Clears { get; init; } = [];

    /// <summary>It leaves the slot as it is.</summary>
    internal bool Keeps { get; init; }

    /// <summary>Whether a person's word is its value or one of its names.</summary>
    public bool IsCalled(string name) => Value == name || Is(TextFold.Fold(name));

    internal bool Is(string folded) => Names.Contains(folded) || Means.Contains(folded);
}

/// <summary>An option that comes from the consultation, such as an axis or a borough.</summary>
public sealed record SourceChoice(string Value, LocalizedText Title, IReadOnlyList<string> Synonyms)
{
    /// <summary>Whether a name means it: its value, its title or a synonym, with or without accents.</summary>
    public bool IsCalled(string name) => TextFold.Fold(name) is { Length: > 0 } folded
        && (folded == TextFold.Fold(Value) || folded == TextFold.Fold(Title.In(LocalizedText.DefaultLanguage)) || Synonyms.Any(synonym => TextFold.Fold(synonym) == folded));
}
