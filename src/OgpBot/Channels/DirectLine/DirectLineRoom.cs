using OgpBot.Conversations.Outbox;

namespace OgpBot.Channels.DirectLine;

/// <summary>Registers the web channel. Its routes: <see cref="DirectLineEndpoints"/>.</summary>
internal static class DirectLineRoom
{
    internal static void AddDirectLine(this IServiceCollection services)
    {
        services.AddSingleton<IChannel, DirectLineChannel>();
        services.AddSingleton<DirectLineTokens>();
        services.AddSingleton<DirectLineMapper>();
        services.AddSingleton<DirectLineStream>();
    }
}
