using System.Text.Json;

namespace OgpBot.Conversations.Messages;

/// <summary>The language that a client is set to, kept with the activity that told it. It stands first, so that most activities need not be parsed.</summary>
internal static class IncomingLocale
{
    private const string Key = "locale";

    /// <param name="locale">A language tag, or null.</param>
    /// <param name="channelData">JSON that the client wants back, or null.</param>
    internal static string? Write(string? locale, string? channelData) => locale is null && channelData is null
        ? null
        : $"{{\"{Key}\":{(locale is null ? "null" : $"\"{JsonEncodedText.Encode(locale)}\"")}{(channelData is null ? "" : $",\"channelData\":{channelData}")}}}";

    internal static string? Read(string? extra) => IncomingSource.ReadFirst(extra, Key);
}
