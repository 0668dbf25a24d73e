namespace OgpBot.Dialogs;

/// <summary>
/// What the engine stops with when a room of the host must answer. It never runs inside the engine: the turn runner awaits the handler
/// and hands back a <see cref="CallResult"/>.
/// </summary>
/// <param name="Name">The handler, such as <c>submissions.file</c>.</param>
/// <param name="Slots">All slots as they stand.</param>
/// <param name="Language">The language of the conversation.</param>
/// <param name="With">What the step gave along, such as which slot is meant.</param>
public sealed record Call(string Name, IReadOnlyDictionary<string, string> Slots, string Language, IReadOnlyDictionary<string, string> With);

/// <summary>A handler's answer: which way the dialog goes on, and values that become slots.</summary>
public sealed record CallResult(string Outcome)
{
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}

/// <summary>What a handler promises, so that dialogs can be checked before anyone meets them.</summary>
/// <param name="Name">As dialogs call it: room, dot, verb.</param>
/// <param name="Outcomes">All outcomes it may give.</param>
/// <param name="Values">All slots it may fill.</param>
public sealed record CallContract(string Name, IReadOnlyList<string> Outcomes, IReadOnlyList<string> Values);
