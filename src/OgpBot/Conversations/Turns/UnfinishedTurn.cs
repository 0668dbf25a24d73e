using OgpBot.Conversations.Messages;

namespace OgpBot.Conversations.Turns;

/// <summary>A turn to run: the activity and the state it finds.</summary>
internal sealed record UnfinishedTurn(
    string ConversationId, int Seq, ActivityKind Kind, string? Text, string? State, long Version, string CitizenId, string Channel, string Language,
    string? Source, string? Locale)
{
    /// <summary>The number of the message in its chat, or that of the one that was changed.</summary>
    internal long? Number { get; init; }

    /// <summary>Null where the channel tells nothing of the kind.</summary>
    internal IncomingPart? Part { get; init; }

    /// <summary>The others whose turn it is too; the text is that of all of them.</summary>
    internal IReadOnlyList<int> Joined { get; init; } = [];

    /// <summary>It belongs to what was answered before.</summary>
    internal bool IsAnswered { get; init; }
}
