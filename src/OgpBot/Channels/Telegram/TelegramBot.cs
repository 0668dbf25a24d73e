using System.Globalization;
using System.Text.RegularExpressions;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Settings;
using Telegram.Bot;

namespace OgpBot.Channels.Telegram;

/// <summary>The bot's account and its client. There is no client without a token, or with settings that can't work.</summary>
internal sealed partial class TelegramBot : IDisposable
{
    private const int MostPerSecond = 1000;
    private readonly TaskCompletionSource welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TelegramBot(OgpBotOptions options, TimeProvider clock)
    {
        var telegram = options.Telegram;
        if (string.IsNullOrWhiteSpace(telegram.Token))
        {
            return;
        }

        UsesWebhook = telegram.Mode.Equals("Webhook", StringComparison.OrdinalIgnoreCase);
        Refusal = Mistake(telegram, options.Site);
        if (Refusal is null)
        {
            PerSecond = int.Parse(telegram.MessagesPerSecond, CultureInfo.InvariantCulture);
            Client = new TelegramApi(new Uri(telegram.ApiBaseUrl), telegram.Token, clock);
        }
    }

    /// <summary>For tests, which put another client in the place of Telegram's.</summary>
    internal TelegramBot(ITelegramBotClient client) => Client = client;

    internal ITelegramBotClient? Client { get; }

    /// <summary>Why there is no client though a token is set.</summary>
    internal string? Refusal { get; }

    internal bool UsesWebhook { get; }

    /// <summary>How many messages may go in a second, to all chats together.</summary>
    internal int PerSecond { get; } = TelegramPace.UsualPerSecond;

    /// <summary>Who the bot is, as its token tells.</summary>
    internal long Id => Client!.BotId;

    /// <summary>Ends when Telegram has said that it knows the token.</summary>
    internal Task Welcome => welcome.Task;

    internal void BeWelcome() => welcome.TrySetResult();

    public void Dispose() => (Client as IDisposable)?.Dispose();

    private string? Mistake(TelegramOptions telegram, string? site) => telegram switch
    {
        _ when !TokenForm().IsMatch(telegram.Token!) => "The bot's token does not look like one (digits, a colon, letters). Check OgpBot:Telegram:Token.",
        _ when !IsAddress(telegram.ApiBaseUrl) => "OgpBot:Telegram:ApiBaseUrl is not an address that begins with https:// or http://.",
        _ when !int.TryParse(telegram.MessagesPerSecond, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most is < 1 or > MostPerSecond =>
            $"OgpBot:Telegram:MessagesPerSecond is `{telegram.MessagesPerSecond}`; it must be a number from 1 to {MostPerSecond}.",
        _ when !UsesWebhook && !telegram.Mode.Equals("Polling", StringComparison.OrdinalIgnoreCase) =>
            $"OgpBot:Telegram:Mode is `{telegram.Mode}`; it must be Polling or Webhook.",
        _ when UsesWebhook && !SecretForm().IsMatch(telegram.WebhookSecret ?? "") =>
            "A webhook needs OgpBot:Telegram:WebhookSecret: 1 to 256 letters, digits, `_` and `-`.",
        _ when UsesWebhook && !IsAddress(site) =>
            "A webhook needs OgpBot:PublicUrl (or OgpBot:Telegram:PublicUrl), the address of this host as the public sees it.",
        _ => null,
    };

    private static bool IsAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    [GeneratedRegex(@"\A[0-9]{1,16}:[A-Za-z0-9_-]+\z")]
    private static partial Regex TokenForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,256}\z")]
    private static partial Regex SecretForm();
}
