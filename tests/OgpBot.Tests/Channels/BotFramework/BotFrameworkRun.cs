using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OgpBot.Submissions.Export;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>The real host, a simulated connector beside it, and a citizen; as the Emulator meets the host: without tokens, in Development.</summary>
internal sealed class BotFrameworkRun : IAsyncDisposable
{
    internal const string Conversation = "conversation|1";

    private readonly TemporaryFolder folder = new();
    private readonly IDictionary<string, string?> settings;
    private readonly Action<IServiceCollection>? configure;
    private TestHost? host;

    private BotFrameworkRun(FakeConnector connector, IDictionary<string, string?> settings, Action<IServiceCollection>? configure)
    {
        (Connector, this.settings, this.configure) = (connector, settings, configure);
        Citizen = new BotFrameworkCitizen(connector, Conversation);
    }

    internal static Dictionary<string, string?> Anonymous => new() { ["OgpBot:BotFramework:AllowAnonymous"] = "true" };

    internal FakeConnector Connector { get; }

    internal BotFrameworkCitizen Citizen { get; }

    internal LogLines Log { get; } = new();

    /// <summary>The first wait after a failure ends after a moment.</summary>
    internal TestClock Clock { get; } = new() { Hurried = TimeSpan.FromSeconds(1) };

    internal TestHost Host => host ?? throw new InvalidOperationException("The host is stopped.");

    internal IReadOnlyList<string> Texts => [.. Citizen.Replies.Select(reply => reply.Text)];

    internal static async Task<BotFrameworkRun> StartAsync(IDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null)
    {
        var run = new BotFrameworkRun(await FakeConnector.StartAsync(), settings ?? Anonymous, configure);
        await run.StartHostAsync();
        return run;
    }

    /// <summary>The citizen was greeted.</summary>
    internal static async Task<BotFrameworkRun> BegunAsync()
    {
        var run = await StartAsync();
        await run.PostAsync(run.Citizen.Arrival());
        await run.Citizen.ReadAsync("¿Qué quiere hacer?");
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

    /// <summary>Brings what must be taken.</summary>
    internal async Task PostAsync(JsonNode activity, string? token = null)
    {
        using var answer = await Citizen.PostAsync(Host.Address, activity, token);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Says something, and ends when the bot's newest message begins so.</summary>
    internal async Task<FakeConnector.Taken> SayAsync(string text, string beginning)
    {
        await PostAsync(Citizen.Message(text));
        return await Citizen.ReadAsync(beginning);
    }

    /// <summary>What is stored, by the export's columns.</summary>
    internal async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> StoredAsync()
    {
        var columns = Host.Get<SubmissionExport>().ColumnsFor(new ExportFilter());
        var rows = new List<IReadOnlyDictionary<string, string>>();
        await foreach (var row in Host.Get<SubmissionExport>().RowsAsync(new ExportFilter(), TestContext.Current.CancellationToken))
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

        Citizen.Dispose();
        await Connector.DisposeAsync();
        folder.Dispose();
    }
}
