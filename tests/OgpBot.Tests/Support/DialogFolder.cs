using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OgpBot.Dialogs;
using OgpBot.Hosting;

namespace OgpBot.Tests.Support;

/// <summary>Loads a folder of dialogs as the host does.</summary>
internal static class DialogFolder
{
    internal static DialogLibrary Load(string folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOgpBot(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OgpBot:DialogsDirectory"] = folder,
            ["OgpBot:DataDirectory"] = Path.Combine(folder, "data"),
        }).Build());
        using var provider = services.BuildServiceProvider();
        return CompositionRoot.LoadLibrary(provider);
    }
}
