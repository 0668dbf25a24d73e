namespace OgpBot.Dialogs;

/// <summary>
/// A question to a room of the host, such as to file a submission. The engine stops with it and never runs it.
/// The turn runner awaits the handler and resumes the engine with a <see cref="CallResult"/>.
/// </summary>
/// <param name="Name">The handler, such as <c>submissions.file</c>.</param>
/// <param name="Slots">All slots as they stand.</param>
/// <param name="Language">The language of the conversation.</param>
/// <param name="With">Parameters of the step, such as which slot is meant.</param>
public sealed record Call(string Name, IReadOnlyDictionary<string, string> Slots, string Language, IReadOnlyDictionary<string, string> With);

/// <summary>A handler's answer: the outcome, by which the dialog goes on, and values that become slots.</summary>
public sealed record CallResult(string Outcome)
{
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a handler may answer. Dialogs are checked against it at the start.</summary>
/// <param name="Name">The name by which dialogs call it: room, dot, verb.</param>
/// <param name="Outcomes">All outcomes that it may give.</param>
/// <param name="Values">All slots that it may fill.</param>
public sealed record CallContract(string Name, IReadOnlyList<string> Outcomes, IReadOnlyList<string> Values);
