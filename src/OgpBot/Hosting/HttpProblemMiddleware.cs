using OgpBot.Dialogs;
using OgpBot.Http;
using OgpBot.Storage;

namespace OgpBot.Hosting;

/// <summary>
/// Answers every failure of a request as an <see cref="HttpProblem"/>, in words of its reader. No stack trace leaves the program. An unexpected error is logged
/// without what the citizen wrote.
/// </summary>
internal sealed partial class HttpProblemMiddleware(RequestDelegate next, Lazy<DialogLibrary> library, ILogger<HttpProblemMiddleware> logger)
{
    private const int RetryAfterSeconds = 5;

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (HttpProblem problem)
        {
            await AnswerAsync(http, problem);
        }
        catch (BadHttpRequestException error)
        {
            await AnswerAsync(http, error.StatusCode == 413 ? HttpProblem.TooLarge() : HttpProblem.MalformedJson());
        }
        catch (IOException error) when (error.InnerException is OverflowException)
        {
            // The web server says so of a chunk whose length no number holds.
            await AnswerAsync(http, HttpProblem.MalformedJson());
        }
        catch (StorageUnavailableException)
        {
            http.Response.Headers.RetryAfter = $"{RetryAfterSeconds}";
            await AnswerAsync(http, HttpProblem.NotKept(library.Value.Texts[LocalizedText.DefaultLanguage].Plain("host.not_kept")));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; nobody reads an answer.
        }
#pragma warning disable CA1031 // Whatever it is, the citizen reads a sentence and the operator the cause.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Log.Unexpected(logger, error, http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
            await AnswerAsync(http, HttpProblem.NotKept(library.Value.Texts[LocalizedText.DefaultLanguage].Plain("host.not_kept")));
        }
    }

    internal static async Task AnswerAsync(HttpContext http, HttpProblem problem)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = problem.Status;
        await http.Response.WriteAsJsonAsync(new ErrorBody(new ErrorDetail(problem.Code, problem.Message)), ErrorJson.Default.ErrorBody);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A request failed: {Method} {Route}")]
        internal static partial void Unexpected(ILogger logger, Exception error, string method, string? route);
    }
}
