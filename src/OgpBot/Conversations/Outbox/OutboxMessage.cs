namespace OgpBot.Conversations.Outbox;

/// <summary>
/// A message to send, and where to. <paramref name="Address"/> is null where it was erased. Where the texts were <paramref name="Erased"/> this is the last
/// word, and the address is forgotten after it.
/// </summary>
internal sealed record OutboxMessage(
    string ConversationId, int Seq, string Text, string? Extra, int? ReplyTo, string? Address, bool Blocked, bool Erased, DateTimeOffset? SilentUntil);

/// <summary>A sent message whose buttons are still there.</summary>
internal sealed record SentChoices(int Seq, string Text, IReadOnlyList<string> Choices, long SentAs);
