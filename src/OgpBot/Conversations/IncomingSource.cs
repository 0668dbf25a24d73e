using System.Text.Json;

namespace OgpBot.Conversations;

/// <summary>The payload of the link by which a citizen came, kept with the activity that brought it.</summary>
internal static class IncomingSource
{
    private const string Key = "source";

    internal static string Write(string source) => $"{{\"{Key}\":\"{JsonEncodedText.Encode(source)}\"}}";

    internal static string? Read(string? extra)
    {
        if (extra is null || !extra.StartsWith($"{{\"{Key}\"", StringComparison.Ordinal))
        {
            return null;
        }

        using var json = JsonDocument.Parse(extra);
        return json.RootElement.GetProperty(Key).GetString();
    }
}
