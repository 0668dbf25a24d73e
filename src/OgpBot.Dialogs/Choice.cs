namespace OgpBot.Dialogs;

/// <summary>An option of a step, in one language, ready to be compared with what a citizen types.</summary>
/// <param name="Value">What is kept in the slot.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Also">Other words for it, folded.</param>
public sealed record Choice(string Value, string Label, IReadOnlyList<string> Also)
{
    /// <summary>All its names, folded; the label comes first.</summary>
    internal IReadOnlyList<string> Names { get; } = [TextFold.Fold(Label), .. Also];

    /// <summary>The ways to say yes or no, where it means that. Only the whole phrase counts. Folded.</summary>
    internal IReadOnlyList<string> Means { get; init; } = [];

    /// <summary>Phrases by which it is recognised in a sentence.</summary>
    internal IReadOnlyList<HeardPhrase> Heard { get; init; } = [];

    /// <summary>Intents of sentences that mean it (<c>intents.LANG.yaml</c>), such as <c>command.skip</c>.</summary>
    internal IReadOnlyList<string> Intents { get; init; } = [];

    /// <summary>The step to go to when it is chosen; null: the next.</summary>
    public string? GoTo { get; init; }

    /// <summary>A step to ask again although its slot is filled. The option is offered only where that slot is filled.</summary>
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
        && Synonyms.Append(Value).Append(Title.In(LocalizedText.DefaultLanguage)).Any(own => TextFold.Fold(own) == folded);
}
