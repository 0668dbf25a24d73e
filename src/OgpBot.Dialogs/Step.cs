namespace OgpBot.Dialogs;

/// <summary>
/// A step of a dialog. Ids are permanent once released: states of conversations point at them. A step that fills a slot is passed over
/// when the slot is filled: so a correction empties one slot and goes back to the start of the form, and only that is asked again.
/// </summary>
public abstract record Step(string Id, DataNode Source)
{
    /// <summary>When it does not hold, the step is jumped and its slot emptied.</summary>
    public Condition? When { get; init; }

    /// <summary>The slot that the answer fills, or null.</summary>
    public virtual string? Slot => null;

    /// <summary>All keys of texts that the step may show.</summary>
    internal virtual IEnumerable<string> TextKeys => [];

    /// <summary>All steps of the same dialog that it may go to.</summary>
    internal virtual IEnumerable<string> Targets => [];

    internal abstract StepOutcome Enter(Turn turn);

    /// <summary>Takes the citizen's text; only steps that wait are asked to.</summary>
    internal virtual StepOutcome Answer(Turn turn, string text) => Enter(turn);
}

/// <summary>Where a turn goes after a step.</summary>
internal abstract record StepOutcome
{
    internal sealed record Next : StepOutcome;

    internal sealed record GoTo(string Step, bool Again = false) : StepOutcome;

    /// <summary>The step has spoken and waits for the citizen.</summary>
    internal sealed record Wait : StepOutcome;

    internal sealed record CallRoom(Steps.CallStep Step) : StepOutcome;

    internal sealed record CallDialog(string Dialog, bool Digression = false) : StepOutcome;

    /// <summary>The dialog is over.</summary>
    /// <param name="HandsBack">What the citizen said was no matter of this dialog: the step that it interrupted takes it as its answer.</param>
    /// <param name="HearsAgain">As if it were said only now: it may also be a command, a question and so on.</param>
    internal sealed record End(bool KeepSlots, bool HandsBack = false, bool HearsAgain = false) : StepOutcome;
}
