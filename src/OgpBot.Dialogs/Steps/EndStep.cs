namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Ends the dialog and empties its slots; <c>- {id: closed, end: keep}</c> keeps them as a draft, <c>end: clear</c> does not.
/// </summary>
public sealed record EndStep(string Id, bool KeepSlots, DataNode Source) : Step(Id, Source)
{
    internal static EndStep Read(DataNode node)
    {
        var how = node.Only("id", "end", "when").Required("end");
        if (how is not ("keep" or "clear"))
        {
            node.Report("`end` must be `keep` or `clear`");
        }

        return new EndStep(node.Required("id"), how == "keep", node);
    }

    internal override StepOutcome Enter(Turn turn) => new StepOutcome.End(KeepSlots);
}
