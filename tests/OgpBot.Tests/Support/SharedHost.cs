namespace OgpBot.Tests.Support;

/// <summary>One host for all tests of a class, where none of them needs a host, a folder or a clock of its own.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    internal const string Secret = "a-secret-for-tests";
    internal const string AllowedOrigin = "https://www.example.org";

    private readonly TemporaryFolder folder = new();

    internal TestHost Host { get; private set; } = null!;

    internal string DataDirectory => folder.Path;

    internal Task<CitizenClient> StartCitizenAsync() => CitizenClient.StartAsync(Host.Address);

    public async ValueTask InitializeAsync() => Host = await TestHost.StartAsync(folder.Path, new Dictionary<string, string?>
    {
        ["OgpBot:DirectLine:Secret"] = Secret,
        ["OgpBot:DirectLine:AllowedOrigins:0"] = AllowedOrigin,
    });

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        folder.Dispose();
    }
}
