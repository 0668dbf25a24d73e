using System.Net;
using OgpBot.Channels.DirectLine;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Http;
using OgpBot.Storage;

namespace OgpBot.Hosting;

/// <summary>
/// <c>/health</c>: 200 when the database answers, else 503. <c>?detail=counters</c> tells also the work done since the start, to requests of this machine or
/// with the secret.
/// </summary>
internal static class HealthEndpoint
{
    internal static void MapHealth(this IEndpointRouteBuilder app) => app.MapMethods("/health", [HttpMethods.Get, HttpMethods.Head], (
        string? detail, HttpContext http, DatabaseStart start, TurnQueue queue, ConversationReader reader, TurnWriter writer, DirectLineTokens tokens) =>
    {
        if (!Answers(start, queue, reader))
        {
            return Results.Json(new { status = "unavailable" }, statusCode: 503);
        }

        return detail == "counters" && MaySee(http, tokens)
            ? Results.Json(new { status = "ok", turns = writer.Counters.Turns, commits = writer.Counters.Commits, flushes = writer.Counters.Flushes })
            : Results.Json(new { status = "ok" });
    }).AllowAnonymous();

    // A proxy on this machine tells for whom it asks.
    private static bool MaySee(HttpContext http, DirectLineTokens tokens) => tokens.IsSecret(http.Bearer())
        || (http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && !http.Request.Headers.Keys.Any(name => name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)));

    private static bool Answers(DatabaseStart start, TurnQueue queue, ConversationReader reader)
    {
        try
        {
            return start.Ready.IsCompletedSuccessfully && !queue.IsStuck && !reader.Exists("");
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }
}
