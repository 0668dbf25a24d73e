namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Ends the dialog. <c>- {id: closed, end: keep}</c> keeps its slots as a draft; <c>end: clear</c> empties them.
/// <c>end: hand-back</c> gives what the citizen said to the interrupted step, as its answer.
/// <c>end: hear-again</c> lets all interpreters look at it again.
/// </summary>
public sealed record EndStep(string Id, bool KeepSlots, bool HandsBack, bool HearsAgain, DataNode Source) : Step(Id, Source)
{
    internal static EndStep Read(DataNode node)
    {
        var how = node.Only("id", "end", "when").Required("end");
        if (how is not ("keep" or "clear" or "hand-back" or "hear-again"))
        {
            node.Report("`end` must be `keep`, `clear`, `hand-back` or `hear-again`");
        }

        return new EndStep(node.Required("id"), how == "keep", how is "hand-back" or "hear-again", how == "hear-again", node);
    }

    internal override StepOutcome Enter(Turn turn) => new StepOutcome.End(KeepSlots, HandsBack, HearsAgain);
}
