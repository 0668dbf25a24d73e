using OgpBot.Conversations;
using OgpBot.Storage;

namespace OgpBot.Hosting;

/// <summary><c>/health</c>: 200 when the database answers, else 503. With <c>?detail=counters</c> also the work done since the start.</summary>
internal static class HealthEndpoint
{
    internal static void MapHealth(this IEndpointRouteBuilder app) => app.MapGet("/health", (
        string? detail, DatabaseStart start, ConversationReader reader, TurnWriter writer) =>
    {
        if (!Answers(start, reader))
        {
            return Results.Json(new { status = "unavailable" }, statusCode: 503);
        }

        return detail == "counters"
            ? Results.Json(new { status = "ok", turns = writer.Counters.Turns, commits = writer.Counters.Commits, flushes = writer.Counters.Flushes })
            : Results.Json(new { status = "ok" });
    });

    private static bool Answers(DatabaseStart start, ConversationReader reader)
    {
        try
        {
            return start.Ready.IsCompletedSuccessfully && !reader.Exists("");
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }
}
