using System.Text;

namespace OgpBot.Dialogs;

/// <summary>
/// Folds texts, so that they can be compared as people type them: lower case, no accents, no punctuation, one blank between words.
/// <c>"  ¿Género e INCLUSIÓN?"</c> becomes <c>"genero e inclusion"</c>. It needs no ICU, so every machine gives the same letters.
/// </summary>
public static class TextFold
{
    private const string Accented = "àáâãäåāăąçćčďđèéêëēęěğìíîïīıłľñńňòóôõöøōőŕřśşšťţùúûüūůűýÿźżž";
    private const string Plain___ = "aaaaaaaaacccddeeeeeeegiiiiiillnnnoooooooorrsssttuuuuuuuyyzzz";

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var gap = false;
        foreach (var rune in text.EnumerateRunes())
        {
            // Keyboards of some phones send the letter and its accent apart (NFD).
            if (rune.Value is >= 0x300 and <= 0x36F)
            {
                continue;
            }

            if (!Rune.IsLetterOrDigit(rune) && rune.Value != '/')
            {
                gap = folded.Length > 0;
                continue;
            }

            if (gap)
            {
                folded.Append(' ');
                gap = false;
            }

            folded.Append(WithoutAccent(Rune.ToLowerInvariant(rune)));
        }

        return folded.ToString();
    }

    /// <summary>Only the letters are folded: to lower case without accents. All else stays.</summary>
    public static string Letters(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(rune => rune.Value is < 0x300 or > 0x36F))
        {
            plain.Append(WithoutAccent(Rune.ToLowerInvariant(rune)));
        }

        return plain.ToString();
    }

    private static Rune WithoutAccent(Rune rune)
    {
        if (rune.Value < 0xDF)
        {
            return rune;
        }

        var at = rune.IsBmp ? Accented.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
        return at < 0 ? rune : new Rune(Plain___[at]);
    }
}
