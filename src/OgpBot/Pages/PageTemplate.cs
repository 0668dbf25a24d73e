using System.Text.RegularExpressions;
using OgpBot.Settings;

namespace OgpBot.Pages;

/// <summary>A file of <c>wwwroot</c> with names in double braces, such as <c>{{title}}</c>. The values come escaped for their place.</summary>
internal static partial class PageTemplate
{
    /// <exception cref="SettingsException">Nothing is known by one of the names.</exception>
    internal static string Render(string file, string template, Func<string, string?> valueOf) => Name().Replace(template, match =>
        valueOf(match.Groups[1].Value) ?? throw new SettingsException($"wwwroot/{file} shows {match.Value}, and there is no text `page.{match.Groups[1].Value}`."));

    [GeneratedRegex(@"\{\{([a-z0-9_.:-]+)\}\}")]
    private static partial Regex Name();
}
