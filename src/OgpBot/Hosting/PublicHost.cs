using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using OgpBot.Settings;

namespace OgpBot.Hosting;

/// <summary>
/// Which host the addresses that we write name: of a stream, in a message, in the feed. It is the host of the request, where a proxy that we trust tells it,
/// where the settings name it, or where it is this machine. Any other name in a request is replaced before anyone reads it.
/// </summary>
internal static class PublicHost
{
    private static readonly string[] Original =
        [ForwardedHeadersDefaults.XOriginalForHeaderName, ForwardedHeadersDefaults.XOriginalHostHeaderName, ForwardedHeadersDefaults.XOriginalProtoHeaderName];

    internal static void UsePublicHost(this WebApplication app, OgpBotOptions options)
    {
        var site = SiteOf(options);
        var allowed = new Lazy<HashSet<string>>(() => NamesOf(app, site));

        // Only the next one may write these, where it believed a proxy.
        app.Use((http, next) =>
        {
            Array.ForEach(Original, name => http.Request.Headers.Remove(name));
            return next(http);
        });
        app.UseForwardedHeaders(ForwardedFrom(options.TrustedProxies));
        app.Use((http, next) =>
        {
            if (!Original.Any(http.Request.Headers.ContainsKey) && !allowed.Value.Contains(http.Request.Host.Host) && http.Request.Host.Host != Here(http).Host)
            {
                (http.Request.Scheme, http.Request.Host) = site is null ? (http.Request.Scheme, Here(http)) : (site.Scheme, new HostString(site.Authority));
            }

            return next(http);
        });
    }

    private static Uri? SiteOf(OgpBotOptions options) => options.Site is not { } named
        ? null
        : Uri.TryCreate(named, UriKind.Absolute, out var site)
            ? site
            : throw new SettingsException($"OgpBot:PublicUrl (or Telegram:PublicUrl): `{named}` is not an address such as https://consulta.example.org.");

    // `AllowedHosts` is ASP.NET Core's own setting; `*` and addresses such as http://+:80 name no host.
    private static HashSet<string> NamesOf(WebApplication app, Uri? site)
    {
        var listened = app.Urls.Select(url => BindingAddress.Parse(url).Host);
        var named = app.Configuration["AllowedHosts"]?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return new HashSet<string>([.. named, .. listened, .. site is null ? Array.Empty<string>() : [site.Host], "localhost", "127.0.0.1", "[::1]"], StringComparer.OrdinalIgnoreCase);
    }

    private static HostString Here(HttpContext http)
    {
        var address = http.Connection.LocalIpAddress ?? IPAddress.Loopback;
        return new HostString((address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString(), http.Connection.LocalPort);
    }

    private static ForwardedHeadersOptions ForwardedFrom(IEnumerable<string> proxies)
    {
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
        };
        foreach (var proxy in proxies)
        {
            forwarded.KnownProxies.Add(IPAddress.TryParse(proxy, out var address)
                ? address
                : throw new SettingsException($"OgpBot:TrustedProxies: `{proxy}` is not an address."));
        }

        return forwarded;
    }
}
