using System.Text;
using OgpBot.Calls;

namespace OgpBot.Conversations.Messages;

/// <summary>
/// Makes what came in safe to keep and show. NUL, other control characters, lone surrogates and <see cref="IMessageSecret.Place"/> are taken out. Emoji and
/// right-to-left text stay.
/// </summary>
public static class IncomingText
{
    public static string Clean(string text)
    {
        if (!NeedsCleaning(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            // A lone surrogate is enumerated as the replacement character.
            if (rune != Rune.ReplacementChar && rune.Value != IMessageSecret.Place && (!Rune.IsControl(rune) || rune.Value is '\n' or '\t'))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    private static bool NeedsCleaning(string text) =>
        text.Any(unit => char.IsControl(unit) || char.IsSurrogate(unit) || unit is '\uFFFD' or IMessageSecret.Place);
}
