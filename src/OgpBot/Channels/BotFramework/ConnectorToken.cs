using System.Net.Http.Headers;
using Microsoft.Identity.Client;
using Microsoft.Rest;

namespace OgpBot.Channels.BotFramework;

/// <summary>Puts the bot's own token on what goes out. MSAL keeps it until shortly before it expires.</summary>
internal sealed class ConnectorToken : ServiceClientCredentials
{
    private readonly IConfidentialClientApplication app;
    private readonly string[] scopes;

    internal ConnectorToken(BotFrameworkSettings settings, IMsalHttpClientFactory? network = null)
    {
        scopes = [settings.Scope];
        app = ConfidentialClientApplicationBuilder.Create(settings.AppId)
            .WithClientSecret(settings.AppPassword)
            .WithAuthority(settings.Authority, validateAuthority: false)
            .WithInstanceDiscovery(false)
            .WithHttpClientFactory(network)
            .Build();
    }

    public override async Task ProcessHttpRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await app.AcquireTokenForClient(scopes).ExecuteAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);
    }
}
