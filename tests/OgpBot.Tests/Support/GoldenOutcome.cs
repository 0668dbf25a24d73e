using System.Text.RegularExpressions;

namespace OgpBot.Tests.Support;

/// <summary>What must be the same of a golden conversation on every channel.</summary>
internal static partial class GoldenOutcome
{
    private const string AddsTo = "= adds_to:";

    /// <summary>What was stored of each submission, but for what must differ: the folio that was drawn, and the order of those of one second.</summary>
    internal static List<string> Stored(string transcript) =>
    [
        .. string.Join('\n', transcript.Split('\n').Where(line => line.StartsWith("= ", StringComparison.Ordinal)
                && !line.StartsWith("= folio:", StringComparison.Ordinal) && !line.StartsWith("= channel:", StringComparison.Ordinal))
            .Select(line => line.StartsWith(AddsTo, StringComparison.Ordinal) ? AddsTo : line))
            .Split("= received_at:").Order(StringComparer.Ordinal).Select(submission => submission.TrimEnd()),
    ];

    /// <summary>The first line of each message of the bot: the welcome goes on otherwise.</summary>
    internal static List<string> Spoken(string transcript) =>
    [
        .. transcript.Split('\n').Where(line => line.StartsWith("< ", StringComparison.Ordinal) && !line.StartsWith("<   [", StringComparison.Ordinal))
            .Select(line => FirstLine(line[2..])),
    ];

    /// <summary>Without what differs; a quotation of what the citizen took back later may be edited away.</summary>
    internal static string FirstLine(string text) => Folio().Replace(Quotation().Replace(text.Split('\n')[0], "«…»"), "PAGA-…");

    /// <summary>How many submissions are told to have come by a channel.</summary>
    internal static int From(string transcript, string channel) => transcript.Split('\n').Count(line => line == $"= channel: {channel}");

    [GeneratedRegex(@"PAGA(-\w{4}){2}-\w")]
    private static partial Regex Folio();

    [GeneratedRegex("«[^»]*»")]
    private static partial Regex Quotation();
}
