using Microsoft.AspNetCore.Authentication.Cookies;

namespace OgpBot.Staff.Accounts;

/// <summary>
/// Gives cookies of sessions the prefix <c>__Host-</c> over https, so that no other host of the domain can plant one. Over plain http, at a developer's machine,
/// browsers would refuse such a name.
/// </summary>
internal sealed class StaffCookies : ICookieManager
{
    private readonly ChunkingCookieManager cookies = new();

    public string? GetRequestCookie(HttpContext context, string key) => cookies.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        cookies.AppendResponseCookie(context, Name(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => cookies.DeleteCookie(context, Name(context, key), options);

    private static string Name(HttpContext context, string key) => context.Request.IsHttps ? $"__Host-{key}" : key;
}
