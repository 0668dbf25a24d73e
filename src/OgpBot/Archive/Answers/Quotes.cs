using OgpBot.Archive.Documents;

namespace OgpBot.Archive.Answers;

/// <summary>Makes a sentence fit to be quoted: verbatim, with <c> … </c> where the mark of a note stood.</summary>
internal static class Quotes
{
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
