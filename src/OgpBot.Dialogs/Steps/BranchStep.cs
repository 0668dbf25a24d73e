namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Goes to the first target whose condition holds; none: on to the next step. Without a condition it always goes.
/// <c>- {id: draft, branch: [{when: {slot: problem, filled: true}, goto: resume}]}</c>; <c>clears</c> empties slots on the way,
/// <c>withdraws</c> too, and what the citizen wrote in them is erased wherever it was kept. <c>copies: {problem: said}</c> gives a slot what another holds;
/// <c>appends</c> joins it to a text, and the way is not taken where that would be too long.
/// </summary>
public sealed record BranchStep(string Id, IReadOnlyList<BranchStep.Way> Ways, DataNode Source) : Step(Id, Source)
{
    internal override IEnumerable<string> Targets => Ways.Select(way => way.GoTo);

    internal static BranchStep Read(DataNode node)
    {
        node.Only("id", "branch", "when");
        return new BranchStep(
            node.Required("id"),
            [.. node["branch"].Items.Select(way => new Way(Condition.Read(way.Only("when", "goto", "clears", "withdraws", "copies", "appends")["when"]), way.Required("goto"), way.Texts("clears"), way.Texts("withdraws"))
            {
                Copies = CallStep.TextsOf(way["copies"]),
                Appends = CallStep.TextsOf(way["appends"]),
            })],
            node);
    }

    internal override StepOutcome Enter(Turn turn)
    {
        foreach (var way in Ways)
        {
            if ((way.When?.Holds(turn.Slots[way.When.Slot]) ?? true) && way.Appends.All(pair => turn.Slots.Append(pair.Key, pair.Value)))
            {
                foreach (var (slot, from) in way.Copies)
                {
                    turn.Slots.Copy(slot, from);
                }

                turn.Slots.Clear(way.Clears);
                turn.Slots.Withdraw(way.Withdraws);
                return new StepOutcome.GoTo(way.GoTo);
            }
        }

        return new StepOutcome.Next();
    }

    /// <summary>One way out of a branch.</summary>
    public sealed record Way(Condition? When, string GoTo, IReadOnlyList<string> Clears, IReadOnlyList<string> Withdraws)
    {
        /// <summary>Slots and those whose value they are given.</summary>
        public IReadOnlyDictionary<string, string> Copies { get; init; } = new Dictionary<string, string>();

        /// <summary>Texts and those that are joined to them.</summary>
        public IReadOnlyDictionary<string, string> Appends { get; init; } = new Dictionary<string, string>();
    }
}
