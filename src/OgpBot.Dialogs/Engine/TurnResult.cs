namespace OgpBot.Dialogs;

/// <summary>What came of a turn, or of its part up to a call.</summary>
/// <param name="State">The state to keep; while <paramref name="Call"/> is set, the one to resume with.</param>
/// <param name="Activities">What the bot says, in order.</param>
/// <param name="Call">The room that must answer before the turn goes on, or null when it is over.</param>
public sealed record TurnResult(DialogState State, IReadOnlyList<Activity> Activities, Call? Call)
{
    /// <summary>Texts that the citizen took back; nothing that was kept may hold them any longer.</summary>
    public IReadOnlyList<Slot> Withdrawn { get; init; } = [];
}

/// <summary>A named limit of the engine was passed: a mistake in the data, never in what a citizen wrote.</summary>
public sealed class DialogLimitException(string message) : Exception(message);
