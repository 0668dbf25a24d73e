using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Reads a text with parse_mode HTML as the documentation describes it (https://core.telegram.org/bots/api#html-style).</summary>
internal static partial class FakeHtml
{
    private static readonly HashSet<string> Tags =
        ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "code", "pre", "blockquote", "tg-emoji"];

    /// <returns>What the citizen sees.</returns>
    /// <exception cref="FakeRefusal">A tag is unknown, not closed or closed in the wrong order.</exception>
    internal static string Read(string html)
    {
        var seen = new StringBuilder();
        var open = new Stack<string>();
        for (var at = 0; at < html.Length;)
        {
            at += html[at] switch
            {
                '&' => ReadEntity(html, at, seen),
                '<' => ReadTag(html, at, open),
                _ => Append(html[at], seen),
            };
        }

        return open.Count == 0 ? seen.ToString() : throw Malformed($"Can't find end tag corresponding to start tag \"{open.Peek()}\"");
    }

    private static int Append(char unit, StringBuilder seen)
    {
        seen.Append(unit);
        return 1;
    }

    private static int ReadEntity(string html, int at, StringBuilder seen)
    {
        var match = Entity().Match(html, at);
        if (!match.Success)
        {
            return Append('&', seen);
        }

        var name = match.Groups["name"].Value;
        var shown = name switch
        {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            _ => CharacterOf(name),
        };
        seen.Append(shown);
        return match.Length;
    }

    private static string CharacterOf(string name)
    {
        var isHex = name[1] is 'x';
        var number = int.Parse(name.AsSpan(isHex ? 2 : 1), isHex ? NumberStyles.HexNumber : NumberStyles.None, CultureInfo.InvariantCulture);
        return Rune.IsValid(number) ? new Rune(number).ToString() : "\uFFFD";
    }

    private static int ReadTag(string html, int at, Stack<string> open)
    {
        var match = Tag().Match(html, at);
        if (!match.Success)
        {
            throw Malformed($"Unclosed or malformed tag at byte offset {Encoding.UTF8.GetByteCount(html.AsSpan(0, at))}");
        }

        var name = match.Groups["name"].Value.ToLowerInvariant();
        if (match.Groups["end"].Length > 0)
        {
            return open.TryPop(out var last) && (name.Length == 0 || name == last) ? match.Length : throw Malformed($"Unexpected end tag \"{name}\"");
        }

        if (!Tags.Contains(name) || (name == "span" && !match.Value.Contains("tg-spoiler", StringComparison.Ordinal)))
        {
            throw Malformed($"Unsupported start tag \"{name}\"");
        }

        open.Push(name);
        return match.Length;
    }

    private static FakeRefusal Malformed(string why) => FakeRefusal.BadRequest($"can't parse entities: {why}");

    [GeneratedRegex(@"\G&(?<name>lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")]
    private static partial Regex Entity();

    [GeneratedRegex(
        """\G<(?<end>/?)(?<name>[a-zA-Z][a-zA-Z0-9-]*)?(\s+[a-zA-Z-]+(\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?)*\s*>""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
