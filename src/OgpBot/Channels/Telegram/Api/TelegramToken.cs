using Telegram.Bot;

namespace OgpBot.Channels.Telegram.Api;

/// <summary>
/// Hides the bot's token. Telegram wants it in the address of each call, and frameworks write addresses into logs, traces and exceptions. So the library and
/// all above this handler see a false token. The true one is put in as the request leaves, and taken out as the answer returns.
/// </summary>
internal sealed class TelegramToken(Uri server, string token, HttpMessageHandler? network) : DelegatingHandler(network ?? Sockets())
{
    private readonly string place = $"{server.AbsoluteUri.TrimEnd('/')}/bot{token}/";

    /// <summary>What the library is told. It would sleep and repeat after a 429; here that is <see cref="TelegramPace"/>'s business.</summary>
    internal static TelegramBotClientOptions Hidden(Uri server, string token) =>
        new($"{token.Split(':')[0]}:hidden", server.AbsoluteUri) { RetryThreshold = 0, RetryCount = 0 };

    /// <summary>The real network, with nothing that would write an address down.</summary>
    internal static SocketsHttpHandler Sockets() => new()
    {
        // Without a propagator the handler makes no activities: they carry the full address.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        // A connection is given up now and then, so that a moved address is noticed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var shown = request.RequestUri!;
        request.RequestUri = new Uri(place + shown.Segments[^1]);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = shown;
        }
    }
}
