namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Asks for a free text. An option such as <c>Omitir</c> leaves the slot empty on purpose.
/// <code>
/// - id: problem
///   ask: submission.problem
///   slot: problem
///   progress: 2
///   min: 20
///   choices: [{label: common.skip}]
/// </code>
/// </summary>
public sealed record AskStep(string Id, string Question, string Fills, ChoiceList Choices, int Min, int Max, int? Progress, DataNode Source)
    : Step(Id, Source)
{
    public override string Slot => Fills;

    internal override IEnumerable<string> TextKeys => [Question, .. Choices.TextKeys, .. Min > 1 ? [TooShort] : Array.Empty<string>()];

    internal override IEnumerable<string> Targets => Choices.Targets;

    private string TooShort => $"{Question}_short";

    internal static AskStep Read(DataNode node)
    {
        node.Only("id", "ask", "slot", "min", "max", "progress", "choices", "when");
        return new AskStep(
            node.Required("id"),
            node.Required("ask"),
            node.Required("slot"),
            ChoiceList.Read(node),
            node.Number("min") ?? 1,
            node.Number("max") ?? DialogEngine.LongestText,
            node.Number("progress"),
            node);
    }

    internal override StepOutcome Enter(Turn turn)
    {
        turn.Say(turn.Text(Question), Choices.In(turn.Language), Progress);
        return new StepOutcome.Wait();
    }

    internal override StepOutcome Answer(Turn turn, string text)
    {
        if (ChoiceList.Match(text, Choices.In(turn.Language), exactly: true) is { } choice)
        {
            turn.Fill(Fills, choice.Value);
            turn.Withdraw(choice.Clears);
            return choice.GoTo is { } target ? new StepOutcome.GoTo(target) : new StepOutcome.Next();
        }

        var answer = text.Trim();
        var length = DialogEngine.LengthOf(answer);
        if (length >= Math.Max(1, Min) && length <= Max)
        {
            turn.Fill(Fills, answer);
            return new StepOutcome.Next();
        }

        turn.Misses++;
        turn.Say(turn.Text(length > Max ? "common.too_long" : Min > 1 ? TooShort : "common.empty"), Choices.In(turn.Language), Progress);
        return new StepOutcome.Wait();
    }
}
