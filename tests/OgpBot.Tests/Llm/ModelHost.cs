using OgpBot.Tests.Archive;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>A host on the small archive with its document, that uses a scripted model; one for all tests of a class.</summary>
public sealed class ModelHost : IAsyncLifetime
{
    // Longer than a model that failed is left alone, and than its failures are remembered.
    private static readonly TimeSpan LeftAlone = TimeSpan.FromMinutes(2);

    private int talks;

    internal TemporaryFolder Folder { get; } = new();

    internal LogLines Log { get; } = new();

    internal ScriptedModel Model { get; private set; } = null!;

    internal TestHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Model = await ScriptedModel.StartAsync();
        var settings = Model.Settings(Folder);
        foreach (var (name, value) in SmallArchive.Settings(Folder))
        {
            settings[name] = value;
        }

        // These tests ask more than a citizen does.
        settings["OgpBot:Llm:TokensPerCitizenPerDay"] = "100000000";
        settings["OgpBot:Llm:TokensPerDay"] = "100000000";
        Host = await TestHost.StartAsync(Folder.Path, settings, Log.AddTo);
        await Host.AddDocumentAsync(Folder);
    }

    /// <summary>A new conversation; what the model failed before is forgotten.</summary>
    internal Task<Talk> BeginAsync()
    {
        Host.Clock.Advance(LeftAlone);
        return Talk.BeginAsync(Host, $"talk-{++talks}");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Model.DisposeAsync();
        Folder.Dispose();
    }
}
