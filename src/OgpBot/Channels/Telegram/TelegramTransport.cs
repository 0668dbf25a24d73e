namespace OgpBot.Channels.Telegram;

/// <summary>
/// Carries requests to the Bot API. The token must be in the address, and addresses are what frameworks log, trace and count. So everything above
/// this handler sees <c>/bot/method</c>; the token is put in on the way out and taken out again on the way back.
/// </summary>
internal sealed class TelegramTransport : DelegatingHandler
{
    private const string Place = "/bot/";
    private readonly string tokenPlace;

    internal TelegramTransport(string token, HttpMessageHandler? inner)
        : base(inner ?? Sockets())
    {
        tokenPlace = $"/bot{token}/";
    }

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
        request.RequestUri = WithToken(shown);
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.RequestUri = shown;
        }
    }

    private Uri WithToken(Uri shown)
    {
        var address = shown.AbsoluteUri;
        var at = address.LastIndexOf(Place, StringComparison.Ordinal);
        return new Uri(string.Concat(address.AsSpan(0, at), tokenPlace, address.AsSpan(at + Place.Length)));
    }
}
