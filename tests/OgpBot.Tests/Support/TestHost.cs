using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OgpBot.Hosting;

namespace OgpBot.Tests.Support;

/// <summary>The real host, on a port of its own and a database file in a folder that the test owns.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private TestHost(WebApplication app) => this.app = app;

    internal Uri Address => new(app.Urls.Single());

    internal IServiceProvider Services => app.Services;

    internal TestClock Clock => (TestClock)Services.GetRequiredService<TimeProvider>();

    /// <summary>Starts it.</summary>
    /// <param name="dataDirectory">Keep it to start again on the same data.</param>
    /// <param name="settings">Settings such as <c>OgpBot:DirectLine:Secret</c>.</param>
    /// <param name="configure">Replaces parts, such as a handler.</param>
    /// <param name="url">Keep it to start again at the same address.</param>
    internal static async Task<TestHost> StartAsync(
        string dataDirectory, IDictionary<string, string?>? settings = null, Action<IServiceCollection>? configure = null, TestClock? clock = null, int seed = 1,
        string url = "http://127.0.0.1:0")
    {
        await SharedData.PutDatabaseAsync(dataDirectory);
        var app = WebHost.Build(url, builder =>
        {
            builder.Environment.EnvironmentName = Environments.Development;
            builder.Logging.ClearProviders();
            builder.Configuration.AddInMemoryCollection(Settings(dataDirectory));
            builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock ?? new TestClock()));
            builder.Services.Replace(ServiceDescriptor.Singleton<RandomNumberGenerator>(new SeededRandom(seed)));
            SharedData.AddTo(builder.Services, builder.Configuration);
            configure?.Invoke(builder.Services);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestHost(app);
    }

    /// <summary>Those of a host whose data files are the repository's own.</summary>
    internal static Dictionary<string, string?> Settings(string dataDirectory) => new()
    {
        ["OgpBot:DataDirectory"] = dataDirectory,
        ["OgpBot:DialogsDirectory"] = Repository.Dialogs,
        ["OgpBot:ArchiveDirectory"] = Repository.Archive,
        ["OgpBot:PromptsDirectory"] = Repository.Prompts,
        ["OgpBot:RateLimits:Enabled"] = "false",
    };

    internal T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
