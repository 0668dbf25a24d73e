using OgpBot.Hosting;

namespace OgpBot.Channels.Telegram;

/// <summary>The bot's account: its client, and who it is once Telegram has told. Without a token there is none.</summary>
internal sealed class TelegramBot : IDisposable
{
    private readonly TaskCompletionSource<BotAccount> account = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TelegramBot(OgpBotOptions options, TimeProvider clock)
    {
        var telegram = options.Telegram;
        if (string.IsNullOrWhiteSpace(telegram.Token))
        {
            return;
        }

        UsesWebhook = telegram.Mode.ToUpperInvariant() switch
        {
            "POLLING" => false,
            "WEBHOOK" => true,
            _ => throw new SettingsException($"OgpBot:Telegram:Mode is `{telegram.Mode}`; it must be Polling or Webhook."),
        };
        if (UsesWebhook && (string.IsNullOrEmpty(telegram.WebhookSecret) || string.IsNullOrEmpty(telegram.PublicUrl)))
        {
            throw new SettingsException("A webhook needs OgpBot:Telegram:WebhookSecret and OgpBot:Telegram:PublicUrl.");
        }

        try
        {
            Client = new TelegramClient(new Uri(telegram.ApiBaseUrl), telegram.Token, clock);
        }
        catch (TelegramProblem problem)
        {
            Refusal = problem.Message;
        }
    }

    internal TelegramClient? Client { get; }

    /// <summary>Why there is no client though a token is set.</summary>
    internal string? Refusal { get; }

    internal bool UsesWebhook { get; }

    /// <summary>Ends when Telegram has told who the bot is.</summary>
    internal Task<BotAccount> Account => account.Task;

    internal void Introduce(BotAccount known) => account.TrySetResult(known);

    public void Dispose() => Client?.Dispose();
}
