using System.Net;
using System.Text.RegularExpressions;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// A call to Telegram that failed: how, and what to do now. The one exception of <see cref="TelegramClient"/>. Its text holds the method and
/// Telegram's words up to the first quotation, so neither the bot's token (which sits in the address) nor a citizen's text; it has no inner one.
/// </summary>
internal sealed partial class TelegramProblem(TelegramProblemKind kind, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    private const int LongestDescription = 200;
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ConflictWait = TimeSpan.FromSeconds(3);

    // A 429 that does not say how long.
    private static readonly TimeSpan UnsaidRetryAfter = TimeSpan.FromSeconds(3);

    private static readonly Dictionary<TelegramProblemKind, TelegramRemedy> Remedies = new()
    {
        [TelegramProblemKind.TooManyRequests] = TelegramRemedy.WaitThenRetry,
        [TelegramProblemKind.Server] = TelegramRemedy.WaitThenRetry,
        [TelegramProblemKind.Network] = TelegramRemedy.WaitThenRetry,
        [TelegramProblemKind.Conflict] = TelegramRemedy.WarnThenRetry,
        [TelegramProblemKind.Unauthorized] = TelegramRemedy.StopChannel,
        [TelegramProblemKind.Blocked] = TelegramRemedy.StopChat,
        [TelegramProblemKind.NotModified] = TelegramRemedy.Ignore,
        [TelegramProblemKind.QueryTooOld] = TelegramRemedy.Ignore,
        [TelegramProblemKind.OtherBadRequest] = TelegramRemedy.GiveUp,
    };

    internal TelegramProblemKind Kind { get; } = kind;

    internal TelegramRemedy Remedy => Remedies[Kind];

    /// <summary>Telegram's own word on how long to wait, obeyed above all; only with <see cref="TelegramProblemKind.TooManyRequests"/>.</summary>
    internal TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>How long to wait before the call is made again.</summary>
    /// <param name="failures">How often it has failed by now, from 1.</param>
    internal TimeSpan WaitAfter(int failures)
    {
        var backOff = TimeSpan.FromSeconds(Math.Min(LongestBackOff.TotalSeconds, Math.Pow(2, Math.Max(failures, 1) - 1)));
        return Kind switch
        {
            TelegramProblemKind.TooManyRequests => RetryAfter ?? UnsaidRetryAfter,
            TelegramProblemKind.Conflict => backOff > ConflictWait ? backOff : ConflictWait,
            TelegramProblemKind.Server or TelegramProblemKind.Network => backOff,
            _ => TimeSpan.Zero,
        };
    }

    /// <summary>From an answer of Telegram, or of something between it and us.</summary>
    /// <param name="envelope">Null where the body was not Telegram's JSON.</param>
    internal static TelegramProblem From(string method, HttpStatusCode status, TimeSpan? retryAfterHeader, TelegramEnvelope? envelope)
    {
        var code = envelope?.ErrorCode ?? (int)status;
        var description = envelope?.Description ?? "";
        var kind = KindOf(code, description, isTelegrams: envelope is not null);
        if (kind == TelegramProblemKind.Unauthorized)
        {
            return new(kind, $"Telegram does not know the bot's token ({method}: {code}). Check OgpBot:Telegram:Token.");
        }

        var words = envelope is null ? "the answer is not Telegram's" : WithoutQuotations(description);
        var message = $"Telegram answered {method} with {code} ({kind}): {words}";
        return kind == TelegramProblemKind.TooManyRequests
            ? new(kind, message, RetryAfterIn(envelope) ?? retryAfterHeader ?? UnsaidRetryAfter)
            : new(kind, message);
    }

    internal static TelegramProblem NoAnswer(string method, TimeSpan limit) =>
        new(TelegramProblemKind.Network, $"Telegram did not answer {method} in {limit.TotalSeconds:0} s.");

    internal static TelegramProblem Unreachable(string method, string reason) =>
        new(TelegramProblemKind.Network, $"The connection to Telegram failed in {method} ({reason}).");

    internal static TelegramProblem Unreadable(string method) =>
        new(TelegramProblemKind.Server, $"Telegram answered {method} with something that can't be read.");

    internal static TelegramProblem MalformedToken() =>
        new(TelegramProblemKind.Unauthorized, "The bot's token does not look like one (digits, a colon, letters). Check OgpBot:Telegram:Token.");

    private static TimeSpan? RetryAfterIn(TelegramEnvelope? envelope) =>
        envelope?.Parameters?.RetryAfter is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;

    private static TelegramProblemKind KindOf(int code, string description, bool isTelegrams) => code switch
    {
        429 => TelegramProblemKind.TooManyRequests,
        _ when !isTelegrams || code >= 500 || code < 400 => TelegramProblemKind.Server,
        // To a token that is not even well-formed the server says 404: for it there is no such place.
        401 or 404 => TelegramProblemKind.Unauthorized,
        403 => TelegramProblemKind.Blocked,
        409 => TelegramProblemKind.Conflict,
        _ when description.Contains("message is not modified", StringComparison.OrdinalIgnoreCase) => TelegramProblemKind.NotModified,
        _ when description.Contains("query is too old", StringComparison.OrdinalIgnoreCase) => TelegramProblemKind.QueryTooOld,
        _ => TelegramProblemKind.OtherBadRequest,
    };

    // Telegram quotes what it objects to, which may be a citizen's words.
    private static string WithoutQuotations(string description)
    {
        var quote = Quotation().Match(description);
        var words = TokenLike().Replace(quote.Success ? description[..quote.Index] + "…" : description, "…");
        return words.Length <= LongestDescription ? words : words[..LongestDescription] + "…";
    }

    [GeneratedRegex("""["“]|(?<=\s)'""")]
    private static partial Regex Quotation();

    [GeneratedRegex("[0-9]+:[A-Za-z0-9_-]{10,}")]
    private static partial Regex TokenLike();
}
