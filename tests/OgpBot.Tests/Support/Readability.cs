using System.Text.RegularExpressions;

namespace OgpBot.Tests.Support;

/// <summary>
/// How easily a Spanish text is read: Szigriszt Pazos' formula (Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad, Universidad
/// Complutense de Madrid, 1993), 206.835 − 62.3 × syllables/words − words/sentences, read by the INFLESZ scale (Barrio-Cantalejo et al., Anales del Sistema
/// Sanitario de Navarra, 2008): over 65 quite easy, over 80 very easy.
/// </summary>
internal sealed partial record Readability(int Words, int Sentences, int Syllables)
{
    private const string Strong = "aeoáéó";
    private const string Stressed = "íú";
    private const string Weak = "iuü";

    internal double Score => 206.835 - (62.3 * Syllables / Words) - ((double)Words / Sentences);

    internal double WordsPerSentence => (double)Words / Sentences;

    internal static Readability Of(string text)
    {
        var sentences = SentenceEnd().Split(text).Select(sentence => Word().Matches(sentence).Select(match => match.Value.ToLowerInvariant()).ToList()).Where(words => words.Count > 0).ToList();
        return new Readability(sentences.Sum(words => words.Count), sentences.Count, sentences.SelectMany(words => words).Sum(SyllablesIn));
    }

    public static Readability operator +(Readability one, Readability other) =>
        new(one.Words + other.Words, one.Sentences + other.Sentences, one.Syllables + other.Syllables);

    /// <summary>Each vowel begins a syllable, but a weak one beside another, which joins it; <c>y</c> is a vowel at the end. «ciudad» 2, «país» 2, «aéreo» 4, «que» 1.</summary>
    internal static int SyllablesIn(string word)
    {
        word = SilentU().Replace(word, "$1");
        word = word.EndsWith('y') ? $"{word[..^1]}i" : word;
        var count = 0;
        for (var at = 0; at < word.Length; at++)
        {
            if (!IsVowel(word[at]))
            {
                continue;
            }

            var joins = at > 0 && IsVowel(word[at - 1]) && !IsStressed(word[at]) && !IsStressed(word[at - 1]) && (IsWeak(word[at]) || IsWeak(word[at - 1]));
            count += joins ? 0 : 1;
        }

        return Math.Max(1, count);
    }

    private static bool IsVowel(char letter) => Strong.Contains(letter, StringComparison.Ordinal) || IsWeak(letter) || IsStressed(letter);

    private static bool IsWeak(char letter) => Weak.Contains(letter, StringComparison.Ordinal);

    private static bool IsStressed(char letter) => Stressed.Contains(letter, StringComparison.Ordinal);

    [GeneratedRegex(@"[.!?…\n]+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    [GeneratedRegex("([gq])u(?=[eiéí])")]
    private static partial Regex SilentU();
}
