using OgpBot.Dialogs;

namespace OgpBot.Criteria.Checks;

/// <summary>
/// Whether a text says something. It doubts a text of one word, one whose words mostly can't be pronounced (keys struck at random), one that repeats the
/// same words, and a copy of another text of the draft.
/// </summary>
internal sealed class SubstanceCheck(Criterion criterion) : ICriterionCheck
{
    private const string Vowels = "aeiouyáéíóúü";
    private const int FewestWords = 2;
    private const int LongestEcho = 6;
    private const int LongestRunOfConsonants = 5;
    private const int LongestBeginningOfConsonants = 3;

    // A copy with a word changed is still a copy.
    private const double Copied = 0.9;

    public CriterionResult Check(CheckedText text, CheckContext context)
    {
        var words = text.Tokens.Where(token => token.Folded.Any(char.IsLetter)).ToList();
        var distinct = words.Select(token => token.Folded).Distinct().ToList();
        var unspeakable = words.Where(token => !CanBeSpoken(text.Text[token.Start..token.End])).ToList();
        if (unspeakable.Count * 2 > words.Count)
        {
            return CriterionResult.Doubt(criterion, 0.9, [.. unspeakable.Select(token => text.Span(token.Start, token.End))]);
        }

        var saysLittle = distinct.Count < FewestWords || (words.Count >= LongestEcho && distinct.Count * 4 <= words.Count);
        return saysLittle || context.Copied.Any(other => Likeness.Of(text.Text, other) >= Copied)
            ? CriterionResult.Doubt(criterion, 0.8)
            : CriterionResult.Met(criterion, 0.9);
    }

    // Words in capitals or with digits may be abbreviations; other scripts than the Latin have other rules.
    private static bool CanBeSpoken(string word)
    {
        if (word.Length < 4 || word.All(char.IsUpper) || word.Any(letter => letter > 'ÿ' || char.IsAsciiDigit(letter)))
        {
            return true;
        }

        var (consonants, longest, beginning, same) = (0, 0, 0, 1);
        for (var at = 0; at < word.Length; at++)
        {
            consonants = Vowels.Contains(char.ToLowerInvariant(word[at]), StringComparison.Ordinal) ? 0 : consonants + 1;
            longest = Math.Max(longest, consonants);
            beginning = consonants == at + 1 ? consonants : beginning;
            same = at > 0 && word[at] == word[at - 1] ? same + 1 : 1;
            if (same > 3)
            {
                return false;
            }
        }

        return longest < LongestRunOfConsonants && beginning <= LongestBeginningOfConsonants;
    }
}
