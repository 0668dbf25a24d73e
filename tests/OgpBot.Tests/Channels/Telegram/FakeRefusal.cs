using System.Text.Json.Nodes;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>An answer that says no.</summary>
internal sealed class FakeRefusal(int code, string description, int? retryAfter = null) : Exception(description)
{
    internal int Code { get; } = code;

    internal int? RetryAfter { get; } = retryAfter;

    internal static FakeRefusal BadRequest(string description) => new(400, $"Bad Request: {description}");

    internal static FakeRefusal TooMany(int seconds) => new(429, $"Too Many Requests: retry after {seconds}", seconds);

    internal static FakeRefusal Blocked() => new(403, "Forbidden: bot was blocked by the user");

    internal static FakeRefusal OtherPoller() =>
        new(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");

    internal static FakeRefusal WebhookIsSet() =>
        new(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");

    internal static FakeRefusal NotModified() => BadRequest(
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup "
        + "of the message");

    internal static FakeRefusal QueryTooOld() => BadRequest("query is too old and response timeout expired or query ID is invalid");

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["ok"] = false, ["error_code"] = Code, ["description"] = Message };
        if (RetryAfter is { } seconds)
        {
            json["parameters"] = new JsonObject { ["retry_after"] = seconds };
        }

        return json;
    }
}
