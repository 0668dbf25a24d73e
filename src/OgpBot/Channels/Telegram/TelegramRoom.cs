using OgpBot.Channels.Telegram.Api;
using OgpBot.Conversations.Outbox;

namespace OgpBot.Channels.Telegram;

/// <summary>Registers the Telegram channel. Its route: <see cref="TelegramWebhook"/>.</summary>
internal static class TelegramRoom
{
    /// <summary>What sends.</summary>
    internal static void AddTelegram(this IServiceCollection services)
    {
        services.AddSingleton<TelegramBot>();
        services.AddSingleton(provider => new TelegramPace(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TelegramBot>().PerSecond, afterRestart: true));
        services.AddSingleton<TelegramIntake>();
        services.AddHosted<TelegramPresses>();
        services.AddHosted<TelegramOutbox>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<TelegramOutbox>());
    }

    /// <summary>What introduces the bot and fetches updates, where the public is served.</summary>
    internal static void AddTelegramPolling(this IServiceCollection services) => services.AddHosted<TelegramPolling>();
}
