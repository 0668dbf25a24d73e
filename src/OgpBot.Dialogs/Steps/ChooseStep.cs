namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Offers options, from the consultation and of its own; a typed answer counts as much as a pressed one. Without a slot it is a menu.
/// <code>
/// - id: axis
///   choose: submission.axis
///   slot: axis
///   from: axes
///   first: axis_likely
///   choices: [{value: unsure, label: submission.axis_unsure}]
/// </code>
/// <c>first</c> names a slot with values, separated by commas, whose options stand before the others.
/// </summary>
public record ChooseStep(string Id, string Question, string? Fills, ChoiceList Choices, int? Progress, DataNode Source) : Step(Id, Source)
{
    /// <summary>The slot that tells which options come first, or null.</summary>
    public string? First { get; init; }

    public override string? Slot => Fills;

    internal override IEnumerable<string> TextKeys => [Question, .. Choices.TextKeys];

    internal override IEnumerable<string> Targets => Choices.Targets;

    internal static ChooseStep Read(DataNode node)
    {
        node.Only("id", "choose", "slot", "from", "first", "progress", "choices", "when");
        return new ChooseStep(node.Required("id"), node.Required("choose"), node["slot"].Text, ChoiceList.Read(node), node.Number("progress"), node)
        {
            First = node["first"].Text,
        };
    }

    internal override StepOutcome Enter(Turn turn) => Ask(turn, turn.Text(Question));

    internal override StepOutcome Answer(Turn turn, string text)
    {
        if (ChoiceList.Match(text, Offered(turn), exactly: false) is not { } choice)
        {
            turn.Misses++;
            var sorry = turn.Text(turn.Misses == 1 ? "common.not_understood" : "common.not_understood_again");
            return Ask(turn, turn.Misses == 1 ? $"{sorry}\n{turn.Text(Question)}" : $"{sorry}\n{Numbered(turn)}");
        }

        turn.Withdraw(choice.Clears);
        if (Fills is not null)
        {
            turn.Fill(Fills, choice.Value);
        }

        return choice.GoTo is { } target ? new StepOutcome.GoTo(target) : new StepOutcome.Next();
    }

    private StepOutcome.Wait Ask(Turn turn, string text)
    {
        turn.Say(text, Offered(turn), Progress);
        return new StepOutcome.Wait();
    }

    private IReadOnlyList<Choice> Offered(Turn turn)
    {
        var choices = Choices.In(turn.Language);
        var first = First is null ? null : turn.ValueOfSlot(First)?.Split(',');
        return first is null ? choices : [.. choices.OrderBy(choice => Array.IndexOf(first, choice.Value) is >= 0 and var at ? at : first.Length)];
    }

    private string Numbered(Turn turn) => string.Join('\n', Offered(turn).Select((choice, at) => $"{at + 1}. {choice.Label}"));
}
