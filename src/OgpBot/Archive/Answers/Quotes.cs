using OgpBot.Archive.Documents;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>Makes a sentence fit to be quoted: verbatim, with <c> … </c> where the mark of a note stood.</summary>
internal static class Quotes
{
    /// <summary>Characters of one quotation.</summary>
    internal const int Longest = 500;

    // What stands before the words that a long sentence is quoted for.
    private const int Before = 150;

    /// <summary>The part of a long sentence that has the words it is quoted for; whole where it is short enough.</summary>
    internal static string Verbatim(string sentence, IReadOnlyList<string> words)
    {
        var whole = Verbatim(sentence);
        if (whole.Length <= Longest)
        {
            return whole;
        }

        var letters = TextFold.Letters(whole);
        var first = words.Select(word => letters.IndexOf(TextFold.Letters(word), StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(0).Min();
        var last = words.Select(word => letters.IndexOf(TextFold.Letters(word), StringComparison.Ordinal) + word.Length).DefaultIfEmpty(0).Max();
        var begin = last <= Longest ? 0 : whole.IndexOf(' ', Math.Max(0, Math.Min(first - Before, whole.Length - Longest))) + 1;
        return Excerpt.Of(whole[begin..], Longest).Trim();
    }

    internal static string Verbatim(string sentence)
    {
        var parts = new List<string>();
        var start = 0;
        for (var at = 0; at <= sentence.Length; at++)
        {
            if (at == sentence.Length || Sentences.IsNoteMark(sentence[at]))
            {
                Add(parts, sentence[start..at]);
                while (at < sentence.Length && Sentences.IsNoteMark(sentence[at]))
                {
                    at++;
                }

                start = at;
            }
        }

        return string.Join(Passages.Gap, parts);
    }

    // A stop alone after a mark is no part.
    private static void Add(List<string> parts, string part)
    {
        part = part.Trim();
        if (part.Any(char.IsLetterOrDigit))
        {
            parts.Add(part.TrimStart(',', ';', '.').Trim());
        }
    }
}
