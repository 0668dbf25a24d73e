using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OgpBot.Submissions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>The real host beside a simulated connector, as the Emulator meets it: without tokens, in Development.</summary>
internal sealed class BotFrameworkRun : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private readonly IDictionary<string, string?> settings;
    private readonly Action<IServiceCollection>? configure;
    private TestHost? host;
    private int sent;

    private BotFrameworkRun(FakeConnector connector, IDictionary<string, string?> settings, Action<IServiceCollection>? configure) =>
        (Connector, this.settings, this.configure) = (connector, settings, configure);

    internal static Dictionary<string, string?> Anonymous => new() { ["OgpBot:BotFramework:AllowAnonymous"] = "true" };

    internal FakeConnector Connector { get; }

    internal LogLines Log { get; } = new();

    internal TestClock Clock { get; } = new() { Hurried = TimeSpan.FromSeconds(1) };

    internal TestHost Host => host ?? throw new InvalidOperationException("The host is stopped.");

    internal static async Task<BotFrameworkRun> StartAsync(IDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var run = new BotFrameworkRun(await FakeConnector.StartAsync(), settings ?? Anonymous, configure);
        await run.StartHostAsync();
        return run;
    }

    internal async Task StartHostAsync() => host = await TestHost.StartAsync(
        folder.Path,
        settings,
        services =>
        {
            Log.AddTo(services);
            configure?.Invoke(services);
        },
        Clock);

    internal async Task StopHostAsync()
    {
        var stopped = Host;
        host = null;
        await stopped.DisposeAsync();
    }

    /// <summary>An activity as a channel brings it.</summary>
    internal JsonObject Activity(string conversation, string type = "message", string? id = null) => new()
    {
        ["type"] = type,
        ["id"] = id ?? $"a-{++sent}",
        ["timestamp"] = "2026-11-16T18:00:00.123Z",
        ["channelId"] = "emulator",
        ["serviceUrl"] = Connector.Address,
        ["from"] = new JsonObject { ["id"] = $"citizen-{conversation}", ["name"] = "Ana", ["role"] = "user" },
        ["recipient"] = new JsonObject { ["id"] = "bot-1", ["name"] = "Bot" },
        ["conversation"] = new JsonObject { ["id"] = conversation },
    };

    internal JsonObject Message(string conversation, string text, string? id = null)
    {
        var activity = Activity(conversation, id: id);
        activity["text"] = text;
        return activity;
    }

    /// <summary>The citizen enters the conversation.</summary>
    internal JsonObject Arrival(string conversation, string? locale = null)
    {
        var activity = Activity(conversation, "conversationUpdate");
        activity["membersAdded"] = new JsonArray(new JsonObject { ["id"] = "bot-1" }, new JsonObject { ["id"] = $"citizen-{conversation}" });
        activity["locale"] = locale;
        return activity;
    }

    internal Task<HttpResponseMessage> PostAsync(JsonNode activity, string? token = null) => PostAsync(activity.ToJsonString(), token);

    internal async Task<HttpResponseMessage> PostAsync(string json, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, "/api/messages"))
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Greets the citizen, and ends when the greeting has arrived.</summary>
    internal async Task BeginAsync(string conversation)
    {
        using var answer = await PostAsync(Arrival(conversation));
        ((int)answer.StatusCode).ShouldBe(200, string.Join("\n", Log.All.TakeLast(60)));
        await ReadAsync(conversation, "¿Qué quiere hacer?");
    }

    /// <summary>Says something, and ends when the bot's newest message begins so.</summary>
    internal async Task<FakeConnector.Taken> SayAsync(string conversation, string text, string beginning)
    {
        using var answer = await PostAsync(Message(conversation, text));
        ((int)answer.StatusCode).ShouldBe(200, string.Join("\n", Log.All.TakeLast(60)));
        return await ReadAsync(conversation, beginning);
    }

    internal async Task<FakeConnector.Taken> ReadAsync(string conversation, string beginning)
    {
        await Connector.WhenAsync(() => Last()?.Text.StartsWith(beginning, StringComparison.Ordinal) == true, $"`{beginning}` in {conversation}");
        return Last()!;

        FakeConnector.Taken? Last() => Connector.Messages(conversation) is [.., var last] ? last : null;
    }

    /// <summary>What is stored, by the export's columns.</summary>
    internal async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> StoredAsync()
    {
        var filter = new ExportFilter(WithContact: true);
        var columns = SubmissionExport.ColumnsFor(filter);
        var rows = new List<IReadOnlyDictionary<string, string>>();
        await foreach (var row in Host.Get<SubmissionExport>().RowsAsync(filter, TestContext.Current.CancellationToken))
        {
            rows.Add(columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await StopHostAsync();
        }

        http.Dispose();
        await Connector.DisposeAsync();
        folder.Dispose();
    }
}
