using System.Net;
using OgpBot.Conversations.Outbox;
using Telegram.Bot.Exceptions;

namespace OgpBot.Channels.Telegram.Api;

/// <summary>
/// Reads the library's exceptions. What is not Telegram's own word, such as a page of HTML or a broken connection, will pass: it is tried again.
/// </summary>
internal static class TelegramErrors
{
    private static readonly TimeSpan ConflictWait = TimeSpan.FromSeconds(3);

    // A 429 that does not say how long.
    private static readonly TimeSpan UnsaidRetryAfter = TimeSpan.FromSeconds(3);

    internal static DeliveryRemedy Remedy(this RequestException error) =>
        error is not ApiRequestException { ErrorCode: var code } ? DeliveryRemedy.Retry : code switch
        {
            429 or >= 500 or < 400 => DeliveryRemedy.Retry,
            _ when error.IsConflict() => DeliveryRemedy.Retry,
            // To a token that is not even well-formed the server says 404: for it there is no such place.
            401 or 404 => DeliveryRemedy.StopChannel,
            403 => DeliveryRemedy.StopConversation,
            _ when error.Says("message is not modified") || error.Says("query is too old") => DeliveryRemedy.Done,
            _ => DeliveryRemedy.GiveUp,
        };

    /// <summary>Somebody else polls, or a webhook is set.</summary>
    internal static bool IsConflict(this RequestException error) => error is ApiRequestException { ErrorCode: 409 };

    /// <summary>Telegram's own word on how long to wait, obeyed above all; only with a 429.</summary>
    internal static TimeSpan? RetryAfter(this RequestException error) => error switch
    {
        ApiRequestException { ErrorCode: 429, Parameters.RetryAfter: > 0 and var seconds } => TimeSpan.FromSeconds(seconds),
        ApiRequestException { ErrorCode: 429 } or { HttpStatusCode: HttpStatusCode.TooManyRequests } => UnsaidRetryAfter,
        _ => null,
    };

    /// <summary>How long to wait before the call is made again, where Telegram does not say.</summary>
    /// <param name="failures">How often it has failed by now, from 1.</param>
    internal static TimeSpan WaitAfter(this RequestException error, int failures)
    {
        var backOff = OutboxChannel.BackOff(failures);
        return error.IsConflict() && backOff < ConflictWait ? ConflictWait : backOff;
    }

    private static bool Says(this RequestException error, string words) => error.Message.Contains(words, StringComparison.OrdinalIgnoreCase);
}
