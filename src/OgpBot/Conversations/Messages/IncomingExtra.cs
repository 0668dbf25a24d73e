using System.Text.Json;

namespace OgpBot.Conversations.Messages;

/// <summary>
/// What is kept as JSON with an activity of the citizen: the link by which she came, or the language that her client is set to. The key stands first, so
/// that most activities need not be parsed.
/// </summary>
internal static class IncomingExtra
{
    private const string Source = "source", Locale = "locale";

    /// <param name="source">The payload of the link.</param>
    internal static string WriteSource(string source) => $"{{\"{Source}\":{Quoted(source)}}}";

    internal static string? ReadSource(string? extra) => ReadFirst(extra, Source);

    /// <param name="locale">A language tag, or null.</param>
    /// <param name="channelData">JSON that the client wants back, or null.</param>
    internal static string? WriteLocale(string? locale, string? channelData) => locale is null && channelData is null
        ? null
        : $"{{\"{Locale}\":{(locale is null ? "null" : Quoted(locale))}{(channelData is null ? "" : $",\"channelData\":{channelData}")}}}";

    internal static string? ReadLocale(string? extra) => ReadFirst(extra, Locale);

    private static string? ReadFirst(string? extra, string key)
    {
        if (extra is null || !extra.StartsWith($"{{\"{key}\":\"", StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(extra);
        return json.RootElement.GetProperty(key).GetString();
    }

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
