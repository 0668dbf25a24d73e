namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Goes the first way whose condition holds; without one, to the next step. A way without a condition is always taken.
/// <c>- {id: draft, branch: [{when: {slot: problem, filled: true}, goto: resume}]}</c>
/// <c>clears</c> empties slots. <c>withdraws</c> does so too, and what the citizen wrote in them is erased wherever it is stored.
/// <c>copies: {problem: said}</c> gives a slot the value of another. <c>appends</c> joins it to the slot's text.
/// Where the text would get too long, that way is not taken.
/// </summary>
public sealed record BranchStep(string Id, IReadOnlyList<BranchStep.Way> Ways, DataNode Source) : Step(Id, Source)
{
    internal override IEnumerable<string> Targets => Ways.Select(way => way.GoTo);

    internal override IEnumerable<string> Filled => Ways.SelectMany(way => way.Copies.Keys);

    internal static BranchStep Read(DataNode node)
    {
        node.Only("id", "branch", "when");
        return new BranchStep(node.Required("id"), [.. node["branch"].Items.Select(ReadWay)], node);
    }

    private static Way ReadWay(DataNode way)
    {
        way.Only("when", "goto", "clears", "withdraws", "copies", "appends");
        return new Way(Condition.Read(way["when"]), way.Required("goto"), way.Texts("clears"), way.Texts("withdraws"))
        {
            Copies = CallStep.TextsOf(way["copies"]),
            Appends = CallStep.TextsOf(way["appends"]),
        };
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

    /// <summary>A way out of a branch. <c>Clears</c> and <c>Withdraws</c> are names of slots.</summary>
    public sealed record Way(Condition? When, string GoTo, IReadOnlyList<string> Clears, IReadOnlyList<string> Withdraws)
    {
        /// <summary>Slots, and the slots whose value they get.</summary>
        public IReadOnlyDictionary<string, string> Copies { get; init; } = new Dictionary<string, string>();

        /// <summary>Slots with texts, and the slots whose text is joined to them.</summary>
        public IReadOnlyDictionary<string, string> Appends { get; init; } = new Dictionary<string, string>();
    }
}
