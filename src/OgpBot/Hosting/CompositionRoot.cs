using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OgpBot.Archive;
using OgpBot.Calls;
using OgpBot.Channels.BotFramework;
using OgpBot.Channels.DirectLine;
using OgpBot.Channels.Telegram;
using OgpBot.Conversations;
using OgpBot.Criteria;
using OgpBot.Dialogs;
using OgpBot.Llm;
using OgpBot.Privacy;
using OgpBot.Settings;
using OgpBot.Staff;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Switches;

namespace OgpBot.Hosting;

/// <summary>What the program is made of. Each room registers itself.</summary>
internal static class CompositionRoot
{
    /// <summary>All that a conversation needs, with or without a web server around it.</summary>
    internal static IServiceCollection AddOgpBot(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<OgpBotOptions>(configuration.GetSection(OgpBotOptions.Section));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<OgpBotOptions>>().Value);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => RandomNumberGenerator.Create());
        services.AddSingleton(provider => new Lazy<DialogLibrary>(() => LoadLibrary(provider)));

        // Stopped in the reverse order: turns end first, then the outboxes that they fill, then the writer that these need.
        services.AddStorage();
        services.AddSingleton<SwitchBoard>();
        services.AddConversations();
        services.AddDirectLine();
        services.AddTelegram();
        services.AddBotFramework();
        services.AddTurns();
        services.AddPrivacy();
        services.AddSubmissions();
        services.AddCriteria();
        services.AddArchive();
        services.AddLlm();
        services.AddStaff();
        return services;
    }

    /// <summary>Where data files are wrong this tells all mistakes, before anyone is served.</summary>
    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    internal static DialogLibrary LoadLibrary(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<OgpBotOptions>();
        return DialogLibrary.Load(DataFolders.Find(options.DialogsDirectory), HostTexts.Contract(provider.GetServices<ICallHandler>(), options));
    }
}
