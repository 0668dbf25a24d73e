using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using OgpBot.Archive.Answers;
using OgpBot.Dialogs;
using OgpBot.Http;
using OgpBot.Llm;

namespace OgpBot.Hosting;

/// <summary>
/// <c>POST /api/ask</c>: a question to the archive, for other pages of the city and for measuring. Of who asks it keeps only how much of a day's share of the
/// language model the address has used.
/// </summary>
internal static class AskEndpoint
{
    internal const string Limit = "questions";

    private const int LongestBody = 8 * 1024;

    internal static void MapAsk(this IEndpointRouteBuilder app) => app.MapPost("/api/ask", AskAsync).RequireRateLimiting(Limit).AllowAnonymous();

    private static async Task<JsonHttpResult<AskResponse>> AskAsync(HttpContext http, AnswerPipeline answers, LanguageModel model, Lazy<DialogLibrary> library)
    {
        if (http.Request.ContentLength > LongestBody)
        {
            throw HttpProblem.TooLarge();
        }

        // One that does not tell its length before is refused where it passes the limit.
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = LongestBody;
        var request = await ReadAsync(http);
        if (string.IsNullOrWhiteSpace(request?.Question) || DialogEngine.LengthOf(request.Question) > AnswerPipeline.LongestQuestion)
        {
            throw HttpProblem.BadQuestion(AnswerPipeline.LongestQuestion);
        }

        var (_, answer) = await answers.AnswerAsync(
            request.Question,
            before: "",
            library.Value.LanguageOf(request.Locale) ?? LocalizedText.DefaultLanguage,
            new Dictionary<string, string>(),
            model.Begin($"{http.Connection.RemoteIpAddress}"),
            http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(AskResponse.Of(answer), AskJson.Readable.AskResponse);
    }

    private static async Task<AskRequest?> ReadAsync(HttpContext http)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, AskJson.Default.AskRequest, http.RequestAborted);
        }
        catch (JsonException)
        {
            throw HttpProblem.MalformedJson();
        }
    }
}
