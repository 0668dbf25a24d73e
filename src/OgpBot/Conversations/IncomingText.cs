using System.Text;

namespace OgpBot.Conversations;

/// <summary>Makes what came in safe to keep and show: NUL, other control characters and lone surrogates go; emoji and right-to-left text stay.</summary>
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
            if (rune != Rune.ReplacementChar && (!Rune.IsControl(rune) || rune.Value is '\n' or '\t'))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    private static bool NeedsCleaning(string text) => text.Any(unit => char.IsControl(unit) || char.IsSurrogate(unit) || unit == '\uFFFD');
}
