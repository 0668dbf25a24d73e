using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace OgpBot.Tests.Support;

/// <summary>A citizen on Direct Line: a token, a conversation, and messages over HTTP.</summary>
internal sealed class CitizenClient : IDisposable
{
    private readonly HttpClient http;
    private int sent;

    private CitizenClient(HttpClient http, string token, string conversation) => (this.http, Token, Conversation) = (http, token, conversation);

    internal string Token { get; }

    internal string Conversation { get; }

    internal HttpClient Http => http;

    internal static async Task<CitizenClient> StartAsync(Uri address)
    {
        var http = new HttpClient { BaseAddress = address };
        using var answer = await http.PostAsync("/chat/token", null, TestContext.Current.CancellationToken);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("token").GetString());
        using var started = await http.PostAsync("/v3/directline/conversations", null, TestContext.Current.CancellationToken);
        started.EnsureSuccessStatusCode();
        return new CitizenClient(http, token.GetProperty("token").GetString()!, token.GetProperty("conversationId").GetString()!);
    }

    /// <summary>Goes on with what an earlier client had, as a page does after a reload.</summary>
    internal static CitizenClient Resume(Uri address, string token, string conversation)
    {
        var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new CitizenClient(http, token, conversation) { sent = 1_000 };
    }

    internal async Task<HttpResponseMessage> PostAsync(string text, string? clientId = null) => await http.PostAsJsonAsync(
        $"/v3/directline/conversations/{Conversation}/activities",
        new { type = "message", text, channelData = new { clientActivityID = clientId ?? $"client-{++sent}" } },
        TestContext.Current.CancellationToken);

    /// <summary>Posts an activity exactly so.</summary>
    internal async Task<HttpResponseMessage> PostRawAsync(byte[] json) => await http.PostAsync(
        $"/v3/directline/conversations/{Conversation}/activities",
        new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        TestContext.Current.CancellationToken);

    internal Task<HttpResponseMessage> PostRawAsync(string json) => PostRawAsync(Encoding.UTF8.GetBytes(json));

    /// <summary>Says something and waits for the reply; the text of the bot's last message.</summary>
    internal async Task<string> SayAsync(string text)
    {
        using var posted = await PostAsync(text);
        posted.EnsureSuccessStatusCode();
        var id = (await posted.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString();
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var replies = (await ActivitiesAsync()).Where(activity => activity.TryGetProperty("replyToId", out var to) && to.GetString() == id).ToList();
            if (replies.Count > 0)
            {
                return replies[^1].GetProperty("text").GetString()!;
            }
        }
    }

    internal async Task<IReadOnlyList<JsonElement>> ActivitiesAsync(string watermark = "")
    {
        var set = await http.GetFromJsonAsync<JsonElement>(
            $"/v3/directline/conversations/{Conversation}/activities?watermark={watermark}", TestContext.Current.CancellationToken);
        return [.. set.GetProperty("activities").EnumerateArray()];
    }

    public void Dispose() => http.Dispose();
}
