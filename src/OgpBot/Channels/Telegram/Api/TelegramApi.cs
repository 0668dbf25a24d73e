using System.Text.RegularExpressions;
using OgpBot.Conversations.Outbox;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests.Abstractions;

namespace OgpBot.Channels.Telegram.Api;

/// <summary>
/// The library's client, with what this program asks of each call. A call has a time limit, and never waits or repeats by itself. It fails with words that hold
/// neither the bot's token nor a citizen's text. <see cref="TelegramErrors.Remedy"/> tells what to do then.
/// </summary>
internal sealed partial class TelegramApi : TelegramBotClient, IDisposable
{
    private const int LongestDescription = 200;
    private const int LongestAnswer = 16 * 1024 * 1024;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollSlack = TimeSpan.FromSeconds(10);

    private readonly HttpClient http;
    private readonly TimeProvider clock;

    /// <param name="server">Telegram's own, one's own Bot API server, or a simulated one.</param>
    /// <param name="network">Null: the real one.</param>
    internal TelegramApi(Uri server, string token, TimeProvider clock, HttpMessageHandler? network = null)
        : this(new HttpClient(new TelegramToken(server, token, network)), TelegramToken.Hidden(server, token), clock)
    {
    }

    private TelegramApi(HttpClient http, TelegramBotClientOptions options, TimeProvider clock)
        : base(options, http)
    {
        (this.http, this.clock) = (http, clock);
        http.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        http.MaxResponseContentBufferSize = LongestAnswer;
    }

    public override async Task<TResponse> SendRequest<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        var method = request.MethodName;
        var limit = request is GetRawUpdates poll ? TimeSpan.FromSeconds(poll.Timeout) + PollSlack : AnswerLimit;
        using var late = new CancellationTokenSource(limit, clock);
        using var lateOrUnwanted = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await base.SendRequest(request, lateOrUnwanted.Token);
        }
        catch (ApiRequestException error)
        {
            throw new ApiRequestException(Words(method, error), error.ErrorCode, error.Parameters);
        }
        catch (Exception error) when (error is RequestException or OperationCanceledException)
        {
            // Made anew, so that nothing of the request hangs on.
            cancellationToken.ThrowIfCancellationRequested();
            throw late.IsCancellationRequested ? new RequestException($"Telegram did not answer {method} in {limit.TotalSeconds:0} s.")
                : error is RequestException { HttpStatusCode: { } status }
                    ? new RequestException($"Telegram answered {method} with {(int)status}, and not in its own form.", status)
                    : new RequestException($"The connection to Telegram failed in {method} ({Reason(error)}).");
        }
    }

    public void Dispose() => http.Dispose();

    private static string Reason(Exception error) =>
        error.InnerException is HttpRequestException broken ? broken.HttpRequestError.ToString() : (error.InnerException ?? error).GetType().Name;

    private static string Words(string method, ApiRequestException error) => error.Remedy() == DeliveryRemedy.StopChannel
        ? $"Telegram does not know the bot's token ({method}: {error.ErrorCode}). Check OgpBot:Telegram:Token."
        : $"Telegram answered {method} with {error.ErrorCode}: {WithoutQuotations(error.Message)}";

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
