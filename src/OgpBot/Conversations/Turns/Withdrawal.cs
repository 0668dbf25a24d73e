using System.Globalization;
using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Conversations.Turns;

/// <summary>
/// A text that the citizen took back, by writing another or by having personal data masked. It is taken out of the message that brought it, and out of all that
/// the bot said since: whole, and in parts where the bot quoted it between « and ».
/// </summary>
/// <param name="Seq">The message that brought it.</param>
public sealed record Withdrawal(int Seq, string Text)
{
    /// <summary>What stands in its place.</summary>
    public const string Blank = "…";

    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(1);

    internal static Withdrawal Of(Slot slot) =>
        new(int.Parse(slot.Activity.AsSpan(slot.Activity!.LastIndexOf('|') + 1), NumberStyles.None, CultureInfo.InvariantCulture), slot.Value);

    /// <summary>A text without words that must be forgotten; a longer word that only holds them stays.</summary>
    internal static string EraseWords(string said, string words) =>
        Regex.Replace(said, $@"(?<!\w){Regex.Escape(words)}(?!\w)", Blank, RegexOptions.CultureInvariant, MatchLimit);

    /// <summary>What the bot said, without the text.</summary>
    internal string EraseFrom(string said)
    {
        said = said.Replace(Text, Blank, StringComparison.Ordinal);
        for (var open = said.IndexOf('«', StringComparison.Ordinal); open >= 0; open = said.IndexOf('«', open + 1))
        {
            var close = said.IndexOf('»', open);
            if (close > open + 1 && Text.Contains(said[(open + 1)..close], StringComparison.Ordinal))
            {
                said = $"{said[..(open + 1)]}{Blank}{said[close..]}";
            }
        }

        return said;
    }
}
