using Microsoft.Playwright;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Pages;

/// <summary>One browser for all tests of the pages, started by the first that needs it: that of OGPBOT_CHROMIUM, or one found on this machine.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const float Patience = 20_000;

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // It serves on this machine alone, so its sandbox guards nothing; the rest keeps it from talking to anyone.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    internal async Task<IBrowser> BrowserAsync()
    {
        var path = Find();
        if (path is null)
        {
            TestRun.SkipForLackOf("Chromium on the path; OGPBOT_CHROMIUM can name its file");
        }

        playwright ??= await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(Patience);
        return browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static string? Find() => Environment.GetEnvironmentVariable("OGPBOT_CHROMIUM") is { Length: > 0 } set
        ? set
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}

/// <summary>Tests with the browser run one after another: two cores hold one browser and one host.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
