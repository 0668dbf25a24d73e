namespace OgpBot.Dialogs;

/// <summary>An option of a step, in one language, ready to be compared with what a citizen types.</summary>
/// <param name="Value">What is kept in the slot.</param>
/// <param name="Label">What the button says.</param>
/// <param name="Also">Other words for it, folded.</param>
public sealed record Choice(string Value, string Label, IReadOnlyList<string> Also)
{
    internal string Folded { get; } = TextFold.Fold(Label);

    /// <summary>The step to go to when it is chosen; null: the next.</summary>
    public string? GoTo { get; init; }

    /// <summary>Slots that it empties.</summary>
    public IReadOnlyList<string> Clears { get; init; } = [];

    internal bool Is(string folded) => Folded == folded || Also.Contains(folded);

    internal bool HasPart(string folded) => IsPart(folded, Folded) || Also.Any(word => IsPart(folded, word));

    private static bool IsPart(string part, string whole) => $" {whole} ".Contains($" {part} ", StringComparison.Ordinal);
}

/// <summary>An option that comes from the consultation, such as an axis or a borough.</summary>
public sealed record SourceChoice(string Value, LocalizedText Title, IReadOnlyList<string> Synonyms);
