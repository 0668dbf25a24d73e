namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Says a text and goes on. <c>- {id: thanks, say: submission.thanks, facts: [folio]}</c>
/// <c>facts</c> are slots that a channel may show in a better way than as text.
/// </summary>
public sealed record SayStep(string Id, string Text, IReadOnlyList<string> Facts, DataNode Source) : Step(Id, Source)
{
    internal override IEnumerable<string> TextKeys => [Text];

    internal static SayStep Read(DataNode node) => new(node.Required("id"), node.Required("say"), node.Texts("facts"), node.Only("id", "say", "facts", "when"));

    internal override StepOutcome Enter(Turn turn)
    {
        turn.Say(turn.Text(Text), facts: Facts);
        return new StepOutcome.Next();
    }
}
