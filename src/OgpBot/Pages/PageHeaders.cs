using OgpBot.Settings;

namespace OgpBot.Pages;

/// <summary>What every answer tells the browser: run and load only what is ours, be framed only by the sites of the settings, keep nothing personal.</summary>
internal static class PageHeaders
{
    // The desk of the staff: nobody may frame it.
    private const string Desk = "/staff";

    private static readonly PathString[] Personal = ["/chat", "/v3/directline"];

    internal static void UsePageHeaders(this IApplicationBuilder app, OgpBotOptions options)
    {
        var whoeverFrames = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
            + "form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors ";
        var policy = whoeverFrames + string.Join(' ', options.DirectLine.AllowedOrigins.Prepend("'self'"));
        var deskPolicy = whoeverFrames + "'none'";
        app.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            var isDesk = http.Request.Path.StartsWithSegments(Desk);
            headers.ContentSecurityPolicy = isDesk ? deskPolicy : policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            if (Personal.Any(path => http.Request.Path.StartsWithSegments(path)))
            {
                headers.CacheControl = "no-store";
            }

            // As ASP.NET Core wants it of pages with forms.
            if (isDesk)
            {
                headers.CacheControl = "no-cache, no-store";
                headers.Pragma = "no-cache";
            }

            return next(http);
        });
    }
}
