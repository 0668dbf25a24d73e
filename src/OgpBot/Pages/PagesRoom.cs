using OgpBot.Pages.Plan;
using OgpBot.Settings;

namespace OgpBot.Pages;

/// <summary>
/// Registers the citizen's pages and what they load, and maps their routes. Nothing here is personal: a conversation comes over the web channel.
/// </summary>
internal static class PagesRoom
{
    private const string ForEver = "public, max-age=31536000, immutable";
    private const string AnHour = "public, max-age=3600";

    // The page is small, and the state of the consultation in it must be today's.
    private const string Never = "no-store";

    // Kept, and asked each time whether it still is what we have.
    private const string IfUnchanged = "no-cache";

    internal static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    internal static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<PageAssets>();
        services.AddSingleton<IndexPage>();
        services.AddSingleton<PlanPage>();
        services.AddSingleton<PlanFeed>();
    }

    internal static void MapPages(this IEndpointRouteBuilder app)
    {
        var assets = app.ServiceProvider.GetRequiredService<PageAssets>();
        var index = app.ServiceProvider.GetRequiredService<IndexPage>();

        // Made now: a text that is missing stops the start, not the first citizen.
        index.In(null);

        var open = app.MapGroup("").AllowAnonymous();
        open.MapMethods("/", Read, (HttpContext http, string? lang) => index.In(lang).SendAsync(http, Never));
        open.MapMethods("/embed.js", Read, (HttpContext http) => assets.Embed.SendAsync(http, AnHour));
        foreach (var name in new[] { PageAssets.Script, PageAssets.Styles, PageAssets.PlanStyles, PageAssets.StaffStyles, PageAssets.StaffScript, PageAssets.Icon, PageAssets.Manifest })
        {
            open.MapMethods($"/{Path.GetFileNameWithoutExtension(name)}.{{hash:length(10)}}{Path.GetExtension(name)}", Read, (HttpContext http) => SendAsync(http, assets));
        }

        open.MapPrivacy();
        open.MapPlan();
    }

    private static void MapPlan(this IEndpointRouteBuilder app)
    {
        var page = app.ServiceProvider.GetRequiredService<PlanPage>();
        var feed = app.ServiceProvider.GetRequiredService<PlanFeed>();
        page.In(null);
        app.MapMethods("/plan", Read, (HttpContext http, string? lang) => page.In(lang).SendAsync(http, IfUnchanged));
        app.MapMethods("/plan.atom", Read, (HttpContext http, OgpBotOptions options) => feed.Current(options.SiteFor(http.Request)).SendAsync(http, IfUnchanged));
    }

    private static Task SendAsync(HttpContext http, PageAssets assets)
    {
        var (text, isCurrent) = assets.Find(http.Request.Path)!.Value;
        return text.SendAsync(http, isCurrent ? ForEver : Never);
    }
}
