namespace OgpBot.Dialogs.Steps;

/// <summary>
/// A step that asks a question and waits for the citizen.
/// <c>help</c> is the key of a text for who asks what to answer.
/// <c>name</c> is the key of the names that citizens use for the slot, as in «corregir alcaldía».
/// </summary>
public abstract record WaitingStep(string Id, string Question, string? Fills, ChoiceList Choices, int? Progress, DataNode Source) : Step(Id, Source)
{
    private const string KeepText = "common.keep";

    /// <summary>The key of a text for who asks what to answer, or null.</summary>
    public string? Help { get; init; }

    /// <summary>The key of the slot's names; null where it cannot be corrected by name.</summary>
    public string? Name { get; init; }

    /// <summary>The intent of sentences that answer it (<c>intents.LANG.yaml</c>), such as <c>tells.place</c>, or null.</summary>
    public string? Tells { get; init; }

    public sealed override string? Slot => Fills;

    internal override IEnumerable<string> TextKeys => [Question, .. Choices.TextKeys, .. new[] { Help, Name }.OfType<string>()];

    internal override IEnumerable<string> Targets => Choices.Targets;

    internal override StepOutcome Enter(Turn turn) => Ask(turn, turn.Question(Question));

    /// <summary>The options as they stand now. Where the step is asked again, one of them keeps the answer.</summary>
    internal IReadOnlyList<Choice> Offered(Turn turn)
    {
        var choices = Ordered(turn).Where(choice => choice.Again is not { } step || IsAnswered(turn, step)).ToList();
        return turn.Top.Again ? [.. choices, Keep(turn)] : choices;
    }

    /// <summary>Goes on with an option.</summary>
    internal StepOutcome Take(Turn turn, Choice choice)
    {
        if (choice.Keeps)
        {
            return new StepOutcome.Next();
        }

        turn.Slots.Withdraw(choice.Clears);
        if (choice.Again is { } step)
        {
            return new StepOutcome.GoTo(step, Again: true);
        }

        if (Fills is not null)
        {
            turn.Slots.Replace(Fills, choice.Value);
        }

        return choice.GoTo is { } target ? new StepOutcome.GoTo(target) : new StepOutcome.Next();
    }

    /// <summary>Asks with the step's options under the text, and waits.</summary>
    internal StepOutcome Ask(Turn turn, string text, IReadOnlyList<Choice>? choices = null)
    {
        turn.Say(text, choices ?? Offered(turn), Progress);
        return new StepOutcome.Wait();
    }

    internal virtual IEnumerable<Choice> Ordered(Turn turn) => Choices.In(turn.Language);

    private static bool IsAnswered(Turn turn, string step) => turn.Dialog.StepOf(step)?.Slot is { } slot && turn.Slots[slot] is not null;

    private static Choice Keep(Turn turn) =>
        new("", turn.Text(KeepText), ChoiceList.WordsOf(turn.Library.Texts[turn.Language], $"{KeepText}_also")) { Keeps = true };
}
