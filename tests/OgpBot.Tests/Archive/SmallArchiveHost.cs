using OgpBot.Tests.Support;

namespace OgpBot.Tests.Archive;

/// <summary>One host with the small archive and its document, for all tests of a class that only ask.</summary>
public sealed class SmallArchiveHost : IAsyncLifetime
{
    internal const string AllowedOrigin = "https://www.example.org";

    private readonly TemporaryFolder folder = new();

    internal TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = SmallArchive.Settings(folder);
        settings["OgpBot:DirectLine:AllowedOrigins:0"] = AllowedOrigin;
        Host = await TestHost.StartAsync(folder.Path, settings);
        await Host.AddDocumentAsync(folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }
}
