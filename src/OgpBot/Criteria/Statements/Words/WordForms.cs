using OgpBot.Dialogs;

namespace OgpBot.Criteria.Statements.Words;

/// <summary>A form of a word or phrase as it is compared, and what it tells.</summary>
internal readonly record struct WordForm(string Text, WordFeatures Features);

/// <summary>
/// Spells out an entry of a word class. <c>negro/a</c> gives negro, negra, negros, negras and the spellings of those who avoid gender
/// (negre, negrx); <c>cerdo+</c> gives the plural too; <c>~matar</c> conjugates; <c>va|van</c> lists forms by hand; any other word stays as
/// it is. In a phrase every word is read so.
/// </summary>
internal static class WordForms
{
    internal static IEnumerable<WordForm> Of(string entry)
    {
        IEnumerable<WordForm> forms = [new("", WordFeatures.None)];
        foreach (var word in entry.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var ofWord = OfWord(word).ToList();
            forms = forms.SelectMany(before => ofWord.Select(form => before.Text.Length == 0
                ? form
                : new WordForm($"{before.Text} {form.Text}", before.Features | form.Features)));
        }

        return forms.DistinctBy(form => (form.Text, form.Features));
    }

    private static IEnumerable<WordForm> OfWord(string word)
    {
        if (word.StartsWith('~'))
        {
            return Conjugation.Of(word[1..]);
        }

        if (word.Contains('|', StringComparison.Ordinal))
        {
            return word.Split('|').Select(form => new WordForm(TextFold.Fold(form), WordFeatures.None));
        }

        if (word.EndsWith("/a", StringComparison.Ordinal))
        {
            return WithGender(TextFold.Fold(word[..^2]));
        }

        return word.EndsWith('+')
            ? [new(TextFold.Fold(word[..^1]), WordFeatures.S), new(Plural(TextFold.Fold(word[..^1])), WordFeatures.P)]
            : [new(TextFold.Fold(word), WordFeatures.None)];
    }

    internal static IEnumerable<WordForm> WithGender(string masculine)
    {
        var stem = masculine[^1] is 'o' or 'e' ? masculine[..^1] : masculine;
        yield return new(masculine, WordFeatures.M | WordFeatures.S);
        yield return new(stem + "a", WordFeatures.F | WordFeatures.S);
        yield return new(Plural(masculine), WordFeatures.M | WordFeatures.P);
        yield return new(stem + "as", WordFeatures.F | WordFeatures.P);
        foreach (var letter in "ex")
        {
            yield return new(stem + letter, WordFeatures.S);
            yield return new(stem + letter + "s", WordFeatures.P);
        }
    }

    private static string Plural(string word) => word[^1] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => word + "s",
        'z' => word[..^1] + "ces",
        's' => word + "es",
        'y' when word.EndsWith("gay", StringComparison.Ordinal) => word + "s",
        _ => word + "es",
    };
}
