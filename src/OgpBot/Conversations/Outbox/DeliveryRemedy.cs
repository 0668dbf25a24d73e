namespace OgpBot.Conversations.Outbox;

/// <summary>What is done after a call to a channel.</summary>
internal enum DeliveryRemedy
{
    /// <summary>Nothing: it was taken, or is as good as done.</summary>
    Done,

    /// <summary>Wait, then make the same call again. Without an answer it may have had its effect.</summary>
    Retry,

    /// <summary>Send nothing to this conversation until the citizen writes again: she blocked the bot, or it is gone.</summary>
    StopConversation,

    /// <summary>No call can succeed. Stop the channel, not the host, and tell the operator. The message stays in the outbox.</summary>
    StopChannel,

    /// <summary>Never repeat this one. Log it without its text.</summary>
    GiveUp,
}
