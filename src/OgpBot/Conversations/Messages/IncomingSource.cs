using System.Text.Json;

namespace OgpBot.Conversations.Messages;

/// <summary>The payload of the link by which a citizen came, kept with the activity that brought it.</summary>
internal static class IncomingSource
{
    private const string Key = "source";

    internal static string Write(string source) => $"{{\"{Key}\":\"{JsonEncodedText.Encode(source)}\"}}";

    internal static string? Read(string? extra) => ReadFirst(extra, Key);

    /// <summary>The text under a key that stands first, so that nothing else need be parsed; null where another does, or no text.</summary>
    internal static string? ReadFirst(string? extra, string key)
    {
        if (extra is null || !extra.StartsWith($"{{\"{key}\":\"", StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(extra);
        return json.RootElement.GetProperty(key).GetString();
    }
}
