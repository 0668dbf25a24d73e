using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Http;
using OgpBot.Storage;

namespace OgpBot.Channels.DirectLine;

/// <summary>Turns activities of Direct Line into ours, and back.</summary>
internal sealed partial class DirectLineMapper(Ids ids, Lazy<DialogLibrary> library)
{
    internal const string ChannelId = "directline";

    // What a client sends along is written back inside other JSON, whose writer stops at 64.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 32 };

    private static readonly WireAccount Bot = new("ogpbot", "OgpBot", "bot");

    private readonly Lazy<(string[] Addresses, Regex Form)> links = new(() => LinksOf(library.Value));

    /// <summary>Reads a posted activity. Whoever it says it is from, it is from the user of the token: clients send ids of their own, as they may.</summary>
    /// <returns>Null for what is no message (typing, events): it is acknowledged and forgotten.</returns>
    internal Incoming? Read(byte[] json, TokenClaims claims)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || TextOf(root, "type") is not { Length: > 0 } type)
        {
            throw HttpProblem.NoType();
        }

        if (type != "message")
        {
            return null;
        }

        var text = TextOf(root, "text") ?? TextOf(root, "value");
        var hasAttachment = root.TryGetProperty("attachments", out var attachments) && attachments.ValueKind == JsonValueKind.Array && attachments.GetArrayLength() > 0;
        var channelData = root.TryGetProperty("channelData", out var data) && data.ValueKind == JsonValueKind.Object ? data : (JsonElement?)null;
        return new Incoming(
            claims.Conv,
            ClientId(channelData),
            string.IsNullOrEmpty(text) && hasAttachment ? ActivityKind.Unreadable : ActivityKind.Message,
            IncomingText.Clean(text ?? ""),
            IncomingExtra.WriteLocale(TextOf(root, "locale"), channelData?.GetRawText()));
    }

    /// <summary>Reads the activity that came with files; without words of its own it is something that can't be read.</summary>
    internal Incoming ReadUpload(byte[]? json, TokenClaims claims)
    {
        var incoming = json is null ? null : Read(json, claims);
        return incoming is null || incoming.Text is null or ""
            ? new Incoming(claims.Conv, incoming?.ClientId ?? ids.Next(), ActivityKind.Unreadable, "", incoming?.Extra)
            : incoming;
    }

    /// <param name="site">Where the public finds this host.</param>
    internal ActivitySet Write(IReadOnlyList<ActivityRow> rows, int watermark, TokenClaims claims, string site) => new(
        [.. rows.Select(row => Write(row, claims, site))],
        (rows.Count > 0 ? rows[^1].Seq : watermark).ToString(CultureInfo.InvariantCulture));

    internal static WireActivity Typing(string conversationId) => new("typing", null, null, ChannelId, new WireConversation(conversationId), Bot);

    internal static int ReadWatermark(string? watermark) => string.IsNullOrEmpty(watermark)
        ? 0
        : int.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : throw HttpProblem.BadWatermark();

    private WireActivity Write(ActivityRow row, TokenClaims claims, string site)
    {
        var activity = new WireActivity(
            "message",
            ActivityIds.Write(row.ConversationId, row.Seq),
            row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ChannelId,
            new WireConversation(row.ConversationId),
            row.Incoming ? new WireAccount(claims.User, null, "user") : Bot)
        {
            Text = row.Text ?? "",
            TextFormat = "plain",
            ReplyToId = row.ReplyTo is { } seq ? ActivityIds.Write(row.ConversationId, seq) : null,
        };
        return row.Incoming ? WithEcho(activity, row.Extra) : WithChoices(activity, row.Extra) with { Attachments = LinksIn(activity.Text, site) };
    }

    // Clients make no link of an address in a plain text, and a path leads nowhere on the site that shows the chat.
    private IReadOnlyList<WireAttachment>? LinksIn(string text, string site)
    {
        if (!links.Value.Addresses.Any(address => text.Contains(address, StringComparison.Ordinal)))
        {
            return null;
        }

        var found = links.Value.Form.Matches(text).Select(match => match.Value.StartsWith('/') ? site + match.Value : match.Value).Distinct().ToList();
        return found.Count == 0
            ? null
            : [new WireAttachment("application/vnd.microsoft.card.hero", new WireCard([.. found.Select(address => new WireCardAction("openUrl", address[(address.IndexOf("//", StringComparison.Ordinal) + 2)..], address))]))];
    }

    // Those of our own pages that texts may show, and a question behind them such as `?lang=en`.
    private static (string[] Addresses, Regex Form) LinksOf(DialogLibrary library)
    {
        string[] addresses = [.. library.Constants.Where(fact => fact.Key.EndsWith("_link", StringComparison.Ordinal)).Select(fact => fact.Value.In(LocalizedText.DefaultLanguage))
            .Where(address => address.Length > 1).OrderByDescending(address => address.Length)];
        return (addresses, new Regex($@"(?<![\w/.-])(?:{string.Join('|', addresses.Select(Regex.Escape))})(?:\?[\w=&]+)?(?![\w/])", RegexOptions.CultureInvariant));
    }

    private static WireActivity WithEcho(WireActivity activity, string? extra)
    {
        if (extra is null)
        {
            return activity;
        }

        using var document = JsonDocument.Parse(extra);
        return activity with
        {
            Locale = TextOf(document.RootElement, "locale"),
            ChannelData = document.RootElement.TryGetProperty("channelData", out var data) ? data.Clone() : null,
        };
    }

    private static WireActivity WithChoices(WireActivity activity, string? json)
    {
        var extra = ActivityExtra.Read(json);
        return activity with
        {
            SuggestedActions = extra.Choices is { } labels
                ? new WireSuggestedActions([.. labels.Select(label => new WireCardAction("imBack", label, label))])
                : null,
            ChannelData = extra.Progress is null && extra.Facts is null
                ? null
                : JsonSerializer.SerializeToElement(extra with { Choices = null }, ActivityExtraJson.Default.ActivityExtra),
        };
    }

    private static JsonDocument Parse(byte[] json)
    {
        try
        {
            // The parser throws on half a pair or on cut bytes, which some phones send when an emoji is cut.
            return Utf8.IsValid(json) && json.AsSpan().IndexOf("\\u"u8) < 0
                ? JsonDocument.Parse(json, Reading)
                : JsonDocument.Parse(LoneSurrogate().Replace(Encoding.UTF8.GetString(json), KeepPairs), Reading);
        }
        catch (JsonException)
        {
            throw HttpProblem.MalformedJson();
        }
    }

    private string ClientId(JsonElement? channelData) =>
        channelData is { } data && TextOf(data, "clientActivityID") is { Length: > 0 } given ? ActivityIds.Keep(given) : ids.Next();

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A whole pair and an escaped backslash are left as they are.
    private static string KeepPairs(Match match) => match.Groups["keep"].Success ? match.Value : "\\uFFFD";

    [GeneratedRegex(@"(?<keep>\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")]
    private static partial Regex LoneSurrogate();
}
