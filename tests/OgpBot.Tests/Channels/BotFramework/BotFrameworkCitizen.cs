using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OgpBot.Conversations.Messages;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>A citizen in one conversation, whose channel brings what she says and takes what the bot answers.</summary>
internal sealed class BotFrameworkCitizen(FakeConnector connector, string conversation) : IDisposable
{
    private readonly HttpClient http = new();
    private int sent;

    /// <summary>All that the bot wrote here, in order.</summary>
    internal IReadOnlyList<FakeConnector.Taken> Replies => connector.Messages(conversation);

    /// <summary>An activity as a channel brings it.</summary>
    internal JsonObject Activity(string type, string? id = null) => new()
    {
        ["type"] = type,
        ["id"] = id ?? $"a-{++sent}",
        ["timestamp"] = "2026-11-16T18:00:00.123Z",
        ["channelId"] = "emulator",
        ["serviceUrl"] = connector.Address,
        ["from"] = new JsonObject { ["id"] = $"citizen-{conversation}", ["name"] = "Ana", ["role"] = "user" },
        ["recipient"] = new JsonObject { ["id"] = "bot-1", ["name"] = "Bot" },
        ["conversation"] = new JsonObject { ["id"] = conversation },
    };

    internal JsonObject Message(string text, string? id = null)
    {
        var activity = Activity("message", id);
        activity["text"] = text;
        return activity;
    }

    /// <summary>The citizen enters the conversation.</summary>
    internal JsonObject Arrival(string? locale = null)
    {
        var activity = Activity("conversationUpdate");
        activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "bot-1" }, new JsonObject { ["id"] = $"citizen-{conversation}" });
        activity["locale"] = locale;
        return activity;
    }

    internal Task<HttpResponseMessage> PostAsync(Uri host, JsonNode activity, string? token = null) => PostAsync(host, activity.ToJsonString(), token);

    internal async Task<HttpResponseMessage> PostAsync(Uri host, string json, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host, "/api/messages")) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends when the bot's newest message begins so.</summary>
    internal async Task<FakeConnector.Taken> ReadAsync(string beginning)
    {
        await connector.WhenAsync(() => Replies is [.., var last] && last.Text.StartsWith(beginning, StringComparison.Ordinal), $"`{beginning}` in {conversation}");
        return Replies[^1];
    }

    public void Dispose() => http.Dispose();
}

/// <summary>Looks into the host's outbox.</summary>
internal static class Outboxes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Ends when no turn is in hand and nothing is left to be sent.</summary>
    internal static async Task WhenAllIsSentAsync(this TestHost host)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var reader = host.Get<ConversationReader>();
        while (reader.Unfinished().Count + reader.WithOutbox().Count > 0)
        {
            await Task.Delay(Pause, limit.Token);
        }
    }
}
