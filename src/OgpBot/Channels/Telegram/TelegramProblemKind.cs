namespace OgpBot.Channels.Telegram;

/// <summary>The ways in which a call fails.</summary>
internal enum TelegramProblemKind
{
    /// <summary>429.</summary>
    TooManyRequests,

    /// <summary>5xx, or an answer that is not Telegram's JSON.</summary>
    Server,

    /// <summary>No connection, a broken one, or no answer in time: the call may or may not have had its effect.</summary>
    Network,

    /// <summary>401: the token is wrong.</summary>
    Unauthorized,

    /// <summary>403: the citizen blocked the bot, or is no longer there.</summary>
    Blocked,

    /// <summary>409: somebody else polls, or a webhook is set.</summary>
    Conflict,

    /// <summary>The edit would change nothing, most often because an earlier one had its effect.</summary>
    NotModified,

    /// <summary>The button was pressed too long ago for an answer.</summary>
    QueryTooOld,

    /// <summary>Anything else that will fail again if repeated.</summary>
    OtherBadRequest,
}

/// <summary>What the one who called does now.</summary>
internal enum TelegramRemedy
{
    /// <summary>Wait <see cref="TelegramProblem.WaitAfter"/>, then make the same call again.</summary>
    WaitThenRetry,

    /// <summary>The same, and tell the operator.</summary>
    WarnThenRetry,

    /// <summary>No call can succeed: stop the channel, not the host, and tell the operator.</summary>
    StopChannel,

    /// <summary>Mark the chat as blocked and send it nothing until the citizen writes again.</summary>
    StopChat,

    /// <summary>It is as good as done.</summary>
    Ignore,

    /// <summary>Never repeat; log the method, not the text.</summary>
    GiveUp,
}
