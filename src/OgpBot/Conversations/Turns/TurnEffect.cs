using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;

namespace OgpBot.Conversations.Turns;

/// <summary>What came in, before it is kept.</summary>
/// <param name="ClientId">The client's permanent id of it.</param>
/// <param name="Extra">JSON that the channel wants back with the echo.</param>
public sealed record Incoming(string ConversationId, string ClientId, ActivityKind Kind, string? Text, string? Extra)
{
    /// <summary>The number of the message in its chat, or that of the one that was changed; null where the channel has none.</summary>
    public long? Number { get; init; }
}

/// <summary>The number of a kept activity, and whether it is the first time.</summary>
/// <param name="Text">What was kept under its id before; null where it is the first time, or where nothing is kept any longer.</param>
public readonly record struct Accepted(int Seq, bool IsNew, string? Text = null)
{
    /// <summary>Whether the id belongs to another text. One of which something was taken back can't be compared.</summary>
    internal bool IsOther(Incoming incoming) => Text is not null && Text != incoming.Text && !Text.Contains(Withdrawal.Blank, StringComparison.Ordinal);
}

/// <summary>Where an activity was kept that came from an address.</summary>
public sealed record Arrival(string ConversationId, int Seq);

/// <summary>All that a turn changes, written in one transaction or not at all.</summary>
/// <param name="Seq">The activity whose turn it was.</param>
/// <param name="Version">The version of the state that the turn read.</param>
/// <param name="Rows">Entities that the rooms want stored.</param>
/// <param name="Sends">Whether the replies must be sent by the channel.</param>
public sealed record TurnEffect(
    string ConversationId, int Seq, long Version, string State, IReadOnlyList<Reply> Replies, IReadOnlyList<object> Rows, bool Sends = false)
{
    /// <summary>The activities whose turn it was too: their text is now the first one's.</summary>
    public IReadOnlyList<int> Joined { get; init; } = [];

    /// <summary>The text of all of them together; null where there are none.</summary>
    public string? Whole { get; init; }

    /// <summary>What is kept with the activity from now on; null: what was.</summary>
    public string? Extra { get; init; }

    /// <summary>Texts that must not be kept any longer.</summary>
    public IReadOnlyList<Withdrawal> Withdrawals { get; init; } = [];

    /// <summary>Changes of stored rows that the rooms want; they come before the replies, which so outlive an erasure.</summary>
    public IReadOnlyList<Func<DbContext, Task>> Changes { get; init; } = [];

    /// <summary>Words that the citizen's conversations may not hold any longer.</summary>
    public IReadOnlyList<Forgotten> Forgets { get; init; } = [];

    /// <summary>The citizen said nothing: the days until her texts are erased go on counting.</summary>
    public bool BySystem { get; init; }
}

/// <summary>A message of the bot as it is stored.</summary>
public sealed record Reply(string Text, string? Extra);
