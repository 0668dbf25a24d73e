using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OgpBot.Submissions.Export;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The real host beside a simulated Telegram, both by one clock that lets no minute be waited for.</summary>
internal sealed class TelegramRun : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, string?> settings;
    private readonly Action<IServiceCollection>? configure;
    private TestHost? host;

    private TelegramRun(ManualClock clock, FakeBotApi api, Dictionary<string, string?> settings, Action<IServiceCollection>? configure) =>
        (Clock, Api, this.settings, this.configure) = (clock, api, settings, configure);

    internal ManualClock Clock { get; }

    internal FakeBotApi Api { get; }

    internal LogLines Log { get; } = new();

    internal TestHost Host => host ?? throw new InvalidOperationException("The host is stopped.");

    internal string DataFile => folder.File("ogpbot.db");

    /// <param name="settings">In the place of the usual ones, or beside them.</param>
    /// <param name="prepare">Done to the simulated Telegram before the host meets it.</param>
    internal static async Task<TelegramRun> StartAsync(
        Dictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, Action<FakeBotApi>? prepare = null, int seed = 1)
    {
        var clock = new ManualClock(TestClock.Start) { Grain = TimeSpan.FromMilliseconds(50), AutoAdvance = true };
        var api = await FakeBotApi.StartAsync(clock, seed);
        prepare?.Invoke(api);
        var run = new TelegramRun(clock, api, settings ?? [], configure);
        await run.StartHostAsync();
        return run;
    }

    internal static Dictionary<string, string?> SettingsFor(FakeBotApi api) => new()
    {
        ["OgpBot:Telegram:Token"] = FakeBotApi.Token,
        ["OgpBot:Telegram:ApiBaseUrl"] = api.Address.AbsoluteUri,
    };

    internal async Task StartHostAsync(int seed = 1)
    {
        var all = SettingsFor(Api);
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        host = await TestHost.StartAsync(
            folder.Path,
            all,
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new HeldClock(Clock)));
                Log.AddTo(services);
                configure?.Invoke(services);
            },
            seed: seed);
    }

    internal async Task StopHostAsync()
    {
        // It may be stopped only once.
        var stopped = Host;
        host = null;
        await stopped.DisposeAsync();
    }

    /// <summary>What is stored, by the export's columns.</summary>
    internal async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> StoredAsync()
    {
        var filter = new ExportFilter(WithContact: true);
        var columns = Host.Get<SubmissionExport>().ColumnsFor(filter);
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

        await Api.DisposeAsync();
        Clock.Dispose();
        folder.Dispose();
    }
}
