namespace OgpBot.Dialogs;

/// <summary>
/// A step of a dialog. Its id is permanent once released, because stored states point at it.
/// A step whose slot is filled is skipped. So a correction empties one slot, starts the form again, and only that question is asked.
/// </summary>
public abstract record Step(string Id, DataNode Source)
{
    /// <summary>Where it does not hold, the step is skipped and its slot emptied.</summary>
    public Condition? When { get; init; }

    /// <summary>The slot that the answer fills, or null.</summary>
    public virtual string? Slot => null;

    /// <summary>All slots that the step may fill.</summary>
    internal virtual IEnumerable<string> Filled => Slot is null ? [] : [Slot];

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
    /// <param name="HandsBack">What the citizen said did not concern this dialog. The interrupted step takes it as its answer.</param>
    /// <param name="HearsAgain">All interpreters look at it again: it may also be a command, a question and so on.</param>
    internal sealed record End(bool KeepSlots, bool HandsBack = false, bool HearsAgain = false) : StepOutcome;
}
