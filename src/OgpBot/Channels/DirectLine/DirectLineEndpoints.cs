using System.Text.Json;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Http;
using OgpBot.Settings;

namespace OgpBot.Channels.DirectLine;

/// <summary>
/// Direct Line 3.0 over HTTP. Any standard client works against this host, with no cloud between. It keeps and hands out activities; turns are run elsewhere.
/// </summary>
internal static class DirectLineEndpoints
{
    internal const string NewConversations = "new-conversations";

    // A client that polls gets the reply with its next request, instead of asking again and again while the turn is in hand.
    private static readonly TimeSpan ReplyWait = TimeSpan.FromSeconds(1);

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    internal static void MapDirectLine(this IEndpointRouteBuilder app)
    {
        app.MapPost("/chat/token", ChatToken).RequireRateLimiting(NewConversations).AllowAnonymous();
        var direct = app.MapGroup("/v3/directline").AllowAnonymous();
        direct.MapPost("/tokens/generate", GenerateToken).RequireRateLimiting(NewConversations);
        direct.MapPost("/tokens/refresh", RefreshToken);
        direct.MapPost("/conversations", StartConversation).RequireRateLimiting(NewConversations);
        direct.MapMethods("/conversations/{id}", Read, Reconnect);
        direct.MapMethods("/conversations/{id}/activities", Read, GetActivities);
        direct.MapPost("/conversations/{id}/activities", PostActivity);
        direct.MapPost("/conversations/{id}/upload", Upload);
        direct.MapGet("/conversations/{id}/stream", Stream);
    }

    private static IResult ChatToken(HttpContext http, DirectLineTokens tokens, ConversationReader reader)
    {
        var claims = tokens.ReadForResume(http.Bearer());
        var token = claims is not null && reader.Exists(claims.Conv) ? tokens.Issue(claims.Conv, claims.User) : tokens.IssueNew();
        return Json(200, new TokenResponse(token.ConversationId, token.Token, token.ExpiresIn));
    }

    private static async Task<IResult> GenerateToken(HttpContext http, DirectLineTokens tokens)
    {
        if (!tokens.IsSecret(http.Bearer() ?? throw HttpProblem.NoToken()))
        {
            throw HttpProblem.WrongSecret();
        }

        var token = tokens.IssueNew(await RequestedUserAsync(http));
        return Json(200, new TokenResponse(token.ConversationId, token.Token, token.ExpiresIn));
    }

    // Also before the conversation is started: the token tells which it will be.
    private static IResult RefreshToken(HttpContext http, DirectLineTokens tokens)
    {
        var claims = tokens.Read(http.Bearer());
        var token = tokens.Issue(claims.Conv, claims.User);
        return Json(200, new TokenResponse(token.ConversationId, token.Token, token.ExpiresIn));
    }

    private static async Task<IResult> StartConversation(HttpContext http, DirectLineTokens tokens, ConversationInbox inbox, Lazy<DialogLibrary> library)
    {
        var claims = tokens.IsSecret(http.Bearer()) ? Claims(tokens.IssueNew()) : tokens.Read(http.Bearer());
        var language = library.Value.LanguageOf(TextIn(await http.BodyAsync(), "locale")) ?? LocalizedText.DefaultLanguage;
        var isNew = await inbox.BeginAsync(claims.Conv, IChannel.Web, language, http.RequestAborted);
        return Json(isNew ? 201 : 200, Connection(http, tokens, claims, watermark: null));
    }

    private static IResult Reconnect(string id, string? watermark, HttpContext http, DirectLineTokens tokens, ConversationReader reader)
    {
        var claims = Authorize(http, id, tokens);
        DirectLineMapper.ReadWatermark(watermark);
        return reader.Exists(id) ? Json(200, Connection(http, tokens, claims, watermark)) : throw HttpProblem.NotFound();
    }

    private static async Task<IResult> GetActivities(
        string id, string? watermark, HttpContext http, DirectLineTokens tokens, ConversationReader reader, TurnQueue queue, DirectLineMapper mapper,
        OgpBotOptions options)
    {
        var claims = Authorize(http, id, tokens);
        var seq = DirectLineMapper.ReadWatermark(watermark);
        await queue.WhenIdleAsync(id, ReplyWait, http.RequestAborted);
        var rows = reader.ActivitiesAfter(id, seq);
        return rows.Count > 0 || reader.Exists(id)
            ? Results.Json(mapper.Write(rows, seq, claims, options.SiteFor(http.Request)), DirectLineJson.Plain.ActivitySet)
            : throw HttpProblem.NotFound();
    }

    private static async Task<IResult> PostActivity(
        string id, HttpContext http, DirectLineTokens tokens, DirectLineMapper mapper, ConversationInbox inbox)
    {
        var claims = Authorize(http, id, tokens);
        var incoming = mapper.Read(await http.BodyAsync(), claims);
        return await KeepAsync(incoming, id, http, inbox);
    }

    // Photos and voice notes are dropped unread; what was written with them counts.
    private static async Task<IResult> Upload(
        string id, HttpContext http, DirectLineTokens tokens, DirectLineMapper mapper, ConversationInbox inbox)
    {
        var claims = Authorize(http, id, tokens);
        return await KeepAsync(mapper.ReadUpload(await UploadedActivity.ReadAsync(http), claims), id, http, inbox);
    }

    private static async Task<IResult> KeepAsync(Incoming? incoming, string id, HttpContext http, ConversationInbox inbox)
    {
        try
        {
            var seq = incoming is null ? 0 : await inbox.AcceptAsync(incoming, http.RequestAborted) ?? throw HttpProblem.NotFound();
            return Results.Json(new ResourceResponse(ActivityIds.Write(id, seq)), DirectLineJson.Plain.ResourceResponse);
        }
        catch (OtherTextException)
        {
            throw HttpProblem.OtherText();
        }
    }

    private static async Task Stream(
        string id, string? watermark, string? t, HttpContext http, DirectLineTokens tokens, ConversationReader reader, DirectLineStream stream,
        OgpBotOptions options, IHostApplicationLifetime lifetime)
    {
        var claims = Authorize(http, id, tokens, t);
        var seq = DirectLineMapper.ReadWatermark(watermark);
        if (!reader.Exists(id))
        {
            throw HttpProblem.NotFound();
        }

        if (!http.WebSockets.IsWebSocketRequest)
        {
            throw HttpProblem.NoSocket();
        }

        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await stream.RunAsync(socket, claims, seq, options.SiteFor(http.Request), lifetime.ApplicationStopping);
    }

    private static TokenClaims Authorize(HttpContext http, string conversation, DirectLineTokens tokens, string? query = null)
    {
        if (tokens.IsSecret(http.Bearer()))
        {
            return DirectLineTokens.OfSecret(conversation);
        }

        var claims = tokens.Read(query ?? http.Bearer());
        return claims.Conv == conversation ? claims : throw HttpProblem.WrongToken();
    }

    private static TokenResponse Connection(HttpContext http, DirectLineTokens tokens, TokenClaims claims, string? watermark)
    {
        var token = tokens.Issue(claims.Conv, claims.User);
        var scheme = http.Request.IsHttps ? "wss" : "ws";
        var from = string.IsNullOrEmpty(watermark) ? "" : $"watermark={Uri.EscapeDataString(watermark)}&";
        var stream = $"{scheme}://{http.Request.Host}{http.Request.PathBase}/v3/directline/conversations/{claims.Conv}/stream?{from}t={token.Token}";
        return new TokenResponse(token.ConversationId, token.Token, token.ExpiresIn, stream, "");
    }

    private static TokenClaims Claims(DirectLineToken token) => new(token.User, token.ConversationId, token.ExpiresIn);

    private static async Task<string?> RequestedUserAsync(HttpContext http)
    {
        var user = TextIn(await http.BodyAsync(), "user", "id");
        return user is null || user.StartsWith("dl_", StringComparison.Ordinal) ? user : throw HttpProblem.WrongUserId();
    }

    // A text in an optional body.
    private static string? TextIn(byte[] body, params string[] path)
    {
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            var element = document.RootElement;
            foreach (var name in path)
            {
                if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                {
                    return null;
                }
            }

            return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw HttpProblem.MalformedJson();
        }
    }

    private static IResult Json(int status, TokenResponse response) => Results.Json(response, DirectLineJson.Plain.TokenResponse, statusCode: status);
}
