namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Asks for a typed value, such as a number or a day. It may stand in a sentence.
/// An option such as <c>Omitir</c> leaves the slot empty on purpose.
/// </summary>
public abstract record ValueStep(string Id, string Question, string Fills, ChoiceList Choices, int? Progress, DataNode Source)
    : WaitingStep(Id, Question, Fills, Choices, Progress, Source)
{
    /// <summary>The text that says what is wrong with an answer.</summary>
    protected abstract string Sorry { get; }

    internal override IEnumerable<string> TextKeys => [.. base.TextKeys, Sorry];

    internal override StepOutcome Answer(Turn turn, string text)
    {
        if (Read(turn, text) is { } value)
        {
            turn.Slots.Replace(Fills!, value);
            return new StepOutcome.Next();
        }

        if (ChoiceList.Exact(text, Offered(turn)) is { } choice)
        {
            return Take(turn, choice);
        }

        turn.Misses++;
        return Ask(turn, turn.Text(Sorry, Limits));
    }

    /// <summary>The value in a text, as it is kept; null where the text holds none within the limits, or several.</summary>
    internal abstract string? Read(Turn turn, string text);

    /// <summary>The limits that the text <see cref="Sorry"/> may show.</summary>
    internal virtual IReadOnlyDictionary<string, string> Limits => new Dictionary<string, string>();
}
