namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Calls a room of the host (a name with a dot) or another dialog (a name without one).
/// <c>- {id: file, call: submissions.file, on: {closed: closed}}</c>
/// <c>on</c> names the step for an outcome; other outcomes go to the next step. <c>with: {slot: problem}</c> gives parameters to a room.
/// </summary>
public sealed record CallStep(
    string Id, string Name, IReadOnlyDictionary<string, string> On, IReadOnlyDictionary<string, string> With, DataNode Source) : Step(Id, Source)
{
    /// <summary>Whether a room is called, not a dialog.</summary>
    public bool CallsRoom => Name.Contains('.', StringComparison.Ordinal);

    internal override IEnumerable<string> Targets => On.Values;

    internal static CallStep Read(DataNode node) => Read(node.Only("id", "call", "on", "with", "when"), node.Required("id"));

    /// <summary>The dialog's <c>guard</c>: a call without an id of its own.</summary>
    internal static CallStep ReadGuard(DataNode node) => Read(node.Only("call", "on", "with"), "guard");

    internal override StepOutcome Enter(Turn turn) => CallsRoom ? new StepOutcome.CallRoom(this) : new StepOutcome.CallDialog(Name);

    internal StepOutcome OutcomeOf(CallResult result) =>
        On.TryGetValue(result.Outcome, out var target) ? new StepOutcome.GoTo(target) : new StepOutcome.Next();

    private static CallStep Read(DataNode node, string id) => new(id, node.Required("call"), TextsOf(node["on"]), TextsOf(node["with"]), node);

    internal static Dictionary<string, string> TextsOf(DataNode node) => node.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Text ?? "");
}
