namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Goes to the first target whose condition holds; none: on to the next step. Without a condition it always goes.
/// <c>- {id: draft, branch: [{when: {slot: problem, filled: true}, goto: resume}]}</c>; <c>clears</c> empties slots on the way,
/// <c>withdraws</c> too, and what the citizen wrote in them is erased wherever it was kept.
/// </summary>
public sealed record BranchStep(string Id, IReadOnlyList<BranchStep.Way> Ways, DataNode Source) : Step(Id, Source)
{
    internal override IEnumerable<string> Targets => Ways.Select(way => way.GoTo);

    internal static BranchStep Read(DataNode node)
    {
        node.Only("id", "branch", "when");
        return new BranchStep(
            node.Required("id"),
            [.. node["branch"].Items.Select(way => new Way(Condition.Read(way.Only("when", "goto", "clears", "withdraws")["when"]), way.Required("goto"), way.Texts("clears"), way.Texts("withdraws")))],
            node);
    }

    internal override StepOutcome Enter(Turn turn)
    {
        foreach (var way in Ways)
        {
            if (way.When?.Holds(turn.ValueOfSlot(way.When.Slot)) ?? true)
            {
                turn.Clear(way.Clears);
                turn.Withdraw(way.Withdraws);
                return new StepOutcome.GoTo(way.GoTo);
            }
        }

        return new StepOutcome.Next();
    }

    /// <summary>One way out of a branch.</summary>
    public sealed record Way(Condition? When, string GoTo, IReadOnlyList<string> Clears, IReadOnlyList<string> Withdraws);
}
