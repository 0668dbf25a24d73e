using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace OgpBot.Tests.Support;

/// <summary>
/// A citizen whose host keeps going away: what failed is said again under the same id, as our page does, and the conversation is read on from the
/// watermark. It holds what it was shown, and fails at once where that is shown twice or out of order.
/// </summary>
internal sealed class StubbornCitizen(Uri address, CancellationToken cancellationToken) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient http = new() { BaseAddress = address };
    private readonly List<JsonElement> shown = [];
    private string watermark = "";

    internal string Conversation { get; private set; } = "";

    /// <summary>Requests that the host had begun to hear, or to answer, when it went away.</summary>
    internal int CutShort { get; private set; }

    /// <summary>All that was shown so far, in the order in which it came.</summary>
    internal IReadOnlyList<JsonElement> Shown => shown;

    internal async Task BeginAsync()
    {
        var token = await SendAsync(() => http.PostAsync("/chat/token", null, cancellationToken));
        Conversation = token.Text("conversationId")!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text("token"));
        (await SendAsync(() => http.PostAsync("/v3/directline/conversations", null, cancellationToken))).Text("conversationId").ShouldBe(Conversation);
        await ReadUntilAsync(activity => activity.Text("replyToId") is not null);
    }

    /// <summary>Says something until the host has it, and waits for its reply; the first text of that.</summary>
    internal async Task<string> SayAsync(string text, string clientId)
    {
        var activity = new { type = "message", text, channelData = new { clientActivityID = clientId } };
        var posted = await SendAsync(() => http.PostAsJsonAsync($"/v3/directline/conversations/{Conversation}/activities", activity, cancellationToken));

        // What was acknowledged is there from then on, whatever happens to the host.
        await ReadAsync();
        shown.ShouldContain(activity => activity.Text("id") == posted.Text("id") && activity.Text("text") == text, $"acknowledged and lost: {text}");
        var reply = await ReadUntilAsync(shown => shown.Text("replyToId") == posted.Text("id"));
        return reply.Text("text")!;
    }

    /// <summary>The whole conversation as the host has it.</summary>
    internal async Task<IReadOnlyList<JsonElement>> HistoryAsync() => [.. (await GetAsync("")).GetProperty("activities").EnumerateArray()];

    /// <summary>Reads what is new since the last time.</summary>
    internal async Task ReadAsync()
    {
        var set = await GetAsync(watermark);
        foreach (var activity in set.GetProperty("activities").EnumerateArray())
        {
            Number(activity).ShouldBeGreaterThan(shown.Count > 0 ? Number(shown[^1]) : 0, $"shown twice or out of order: {activity}");
            shown.Add(activity);
        }

        watermark = set.Text("watermark").ShouldNotBeNull();
        if (shown.Count > 0)
        {
            int.Parse(watermark, CultureInfo.InvariantCulture).ShouldBe(Number(shown[^1]));
        }
    }

    public void Dispose() => http.Dispose();

    private static int Number(JsonElement activity) => int.Parse(activity.Text("id")!.Split('|')[1], CultureInfo.InvariantCulture);

    private async Task<JsonElement> ReadUntilAsync(Func<JsonElement, bool> isIt)
    {
        for (var from = 0; ; await Task.Delay(Pause, cancellationToken))
        {
            await ReadAsync();
            for (; from < shown.Count; from++)
            {
                if (isIt(shown[from]))
                {
                    return shown[from];
                }
            }
        }
    }

    private Task<JsonElement> GetAsync(string from) =>
        SendAsync(() => http.GetAsync($"/v3/directline/conversations/{Conversation}/activities?watermark={from}", cancellationToken));

    // What is refused for good is no matter of a host that is away, and fails.
    private async Task<JsonElement> SendAsync(Func<Task<HttpResponseMessage>> send)
    {
        while (true)
        {
            try
            {
                using var answer = await send();
                if ((int)answer.StatusCode < 500)
                {
                    answer.IsSuccessStatusCode.ShouldBeTrue($"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode}");
                    return await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                }
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                // The host is away, or went before all of its answer was sent.
                CutShort += error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } ? 0 : 1;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
