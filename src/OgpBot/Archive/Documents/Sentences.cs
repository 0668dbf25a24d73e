using System.Text;

namespace OgpBot.Archive.Documents;

/// <summary>Cuts a paragraph into sentences.</summary>
internal static class Sentences
{
    private static readonly string[] Abbreviations =
    [
        "sr", "sra", "dr", "dra", "mtro", "mtra", "lic", "ing", "arq", "art", "arts", "núm", "num", "no", "pág", "págs", "p", "pp", "col", "c.p", "av", "etc", "ej", "cfr", "ibid",
        "vol", "ed", "fracc", "mr", "mrs", "ms", "dah", "inc",
    ];

    /// <summary>Whether a text, as far as it goes, ends as a sentence does.</summary>
    internal static bool Ends(StringBuilder text) => text.Length > 0 && text[^1] is '.' or '!' or '?' or ':' or '"' or '”' or ')' or ';';

    internal static IReadOnlyList<string> Of(string paragraph)
    {
        var sentences = new List<string>();
        var start = 0;
        for (var at = 0; at < paragraph.Length; at++)
        {
            if (paragraph[at] is '.' or '!' or '?' or '…' && Ends(paragraph, start, at) is var end && end > 0)
            {
                Add(sentences, paragraph[start..end]);
                start = end;
                at = end - 1;
            }
        }

        Add(sentences, paragraph[start..]);
        return sentences;
    }

    /// <summary>The paragraph, or where it is longer than a passage may be, groups of its sentences.</summary>
    internal static IEnumerable<string> Group(string paragraph, int longest)
    {
        if (paragraph.Length <= longest)
        {
            return [paragraph];
        }

        var groups = new List<string>();
        var group = new StringBuilder();
        foreach (var sentence in Of(paragraph))
        {
            if (group.Length > 0 && group.Length + sentence.Length > longest)
            {
                groups.Add(group.ToString());
                group.Clear();
            }

            group.Append(group.Length > 0 ? " " : "").Append(sentence);
        }

        groups.Add(group.ToString());
        return groups;
    }

    // Where the sentence ends, after closing marks; 0 where this sign ends none.
    private static int Ends(string text, int start, int at)
    {
        if (text[at] == '…')
        {
            return 0;
        }

        var end = at + 1;
        while (end < text.Length && text[end] is '.' or '!' or '?' or '"' or '”' or '»' or ')' || (end < text.Length && IsNoteMark(text[end])))
        {
            end++;
        }

        if (end < text.Length && (!char.IsWhiteSpace(text[end]) || !BeginsSentence(text, end)))
        {
            return 0;
        }

        return text[at] == '.' && IsAbbreviation(text, start, at) ? 0 : end;
    }

    internal static bool IsNoteMark(char sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹".Contains(sign, StringComparison.Ordinal);

    private static bool BeginsSentence(string text, int at)
    {
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is '¿' or '¡' or '"' or '“' or '«' or '(' or '-' or '*'))
        {
            at++;
        }

        return at >= text.Length || char.IsUpper(text[at]) || char.IsDigit(text[at]);
    }

    private static bool IsAbbreviation(string text, int start, int at)
    {
        var begin = at;
        while (begin > start && (char.IsLetter(text[begin - 1]) || text[begin - 1] == '.'))
        {
            begin--;
        }

        var word = text[begin..at];
        return word.Length == 1 ? char.IsUpper(word[0]) : Abbreviations.Contains(word, StringComparer.OrdinalIgnoreCase);
    }

    private static void Add(List<string> sentences, string sentence)
    {
        sentence = sentence.Trim();
        if (sentence.Length > 0)
        {
            sentences.Add(sentence);
        }
    }
}
