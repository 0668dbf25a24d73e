using OgpBot.Conversations.Outbox;

namespace OgpBot.Channels.BotFramework;

/// <summary>Registers the Bot Framework channel. Its route: <see cref="BotFrameworkEndpoint"/>.</summary>
internal static class BotFrameworkRoom
{
    /// <summary>What sends. Bot Builder's client is made when there is something to send.</summary>
    internal static void AddBotFramework(this IServiceCollection services)
    {
        services.AddSingleton<BotFrameworkSettings>();
        services.AddSingleton(provider => new Lazy<BotFrameworkConnector>(
            () => BotFrameworkConnector.Open(provider.GetRequiredService<BotFrameworkSettings>(), provider.GetRequiredService<TimeProvider>())));
        services.AddHosted<BotFrameworkOutbox>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<BotFrameworkOutbox>());
    }

    /// <summary>What takes activities in, where the channel is on.</summary>
    internal static void AddBotFrameworkEndpoint(this IServiceCollection services)
    {
        services.AddSingleton<IncomingActivities>();
        services.AddSingleton<BotFrameworkTokens>();
    }
}
