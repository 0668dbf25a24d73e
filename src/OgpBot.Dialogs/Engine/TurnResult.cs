namespace OgpBot.Dialogs;

/// <summary>The result of a turn, or of its part up to a call.</summary>
/// <param name="State">The state to store. Where <paramref name="Call"/> is set, the state to resume with.</param>
/// <param name="Activities">What the bot says, in order.</param>
/// <param name="Call">The call that must be answered before the turn goes on; null: the turn is over.</param>
public sealed record TurnResult(DialogState State, IReadOnlyList<Activity> Activities, Call? Call)
{
    /// <summary>Texts that the citizen took back. They are to be erased wherever they are stored.</summary>
    public IReadOnlyList<Slot> Withdrawn { get; init; } = [];
}

/// <summary>A limit of <see cref="DialogEngine"/> was passed. The mistake is in the data, never in what a citizen wrote.</summary>
public sealed class DialogLimitException(string message) : Exception(message);
