using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Pages;

/// <summary>A host, a browser and citizens, for tests of the pages.</summary>
[Collection(BrowserTests.Name)]
public abstract class PageTest(Chromium chromium) : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly List<IBrowserContext> contexts = [];
    private TestHost? host;

    internal TestHost Host => host!;

    internal Uri Address { get; private set; } = null!;

    /// <summary>Settings of the host.</summary>
    private protected virtual Dictionary<string, string?> Settings { get; } = [];

    public virtual async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(folder.Path, Settings);
        Address = host.Address;
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var context in contexts)
        {
            await context.DisposeAsync();
        }

        await StopHostAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal async Task StopHostAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        host = null;
    }

    /// <summary>The same data at the same address.</summary>
    internal async Task StartHostAgainAsync() => host = await TestHost.StartAsync(folder.Path, Settings, url: Address.ToString());

    internal async Task<IBrowserContext> ContextAsync(BrowserNewContextOptions? options = null)
    {
        // Without motion a scroll is over at once.
        var context = await (await chromium.BrowserAsync()).NewContextAsync(options ?? new() { ReducedMotion = ReducedMotion.Reduce });
        contexts.Add(context);
        return context;
    }

    internal async Task<CitizenPage> OpenAsync(string path = "/", BrowserNewContextOptions? options = null) =>
        await CitizenPage.OpenAsync(await ContextAsync(options), Address, path);

    internal async Task<IReadOnlyList<Submission>> SubmissionsAsync()
    {
        await using var database = await Host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await database.Set<Submission>().ToListAsync(TestContext.Current.CancellationToken);
    }
}
