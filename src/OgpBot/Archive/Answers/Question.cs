using OgpBot.Archive.Search;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>A question as the steps of an answer need it: its words with care, and what it asks for.</summary>
/// <param name="Words">Without accents and capitals, spelled with care, in Spanish.</param>
/// <param name="Terms">The stems that answers are searched by, none twice.</param>
/// <param name="Asks">The kinds of answer that it asks for, where words tell.</param>
/// <param name="Contact">The contact that it asks for, such as <c>phone</c>, and the term for it; null: none.</param>
/// <param name="Capitals">Those of its terms that are written with a capital within a sentence.</param>
internal sealed record Question(
    string Text, string Language, IReadOnlyList<string> Words, IReadOnlyList<string> Terms, IReadOnlyList<string> Asks, (string Kind, string Term)? Contact,
    IReadOnlySet<string> Capitals)
{
    private static readonly string[] Plain = ["what", "which", "how", "yes_no"];

    /// <summary>The years that it names.</summary>
    internal IEnumerable<string> Years => YearsIn(Words);

    internal static IEnumerable<string> YearsIn(IEnumerable<string> words) =>
        words.Where(word => word.Length == 4 && word.All(char.IsAsciiDigit) && word[..2] is "19" or "20");

    /// <summary>Whether no word of a question tells this kind.</summary>
    internal static bool IsPlain(string kind) => Plain.Contains(kind);

    /// <summary>Whether a sentence has what is asked for: a date for «cuándo», the way to reach someone, each number that the question names.</summary>
    internal bool MayBeAnsweredBy(string sentence)
    {
        var shape = AnswerShape.Of(sentence);
        return (Asks.Count == 0 || Asks.Any(shape.Has)) && (Contact is not { } contact || shape.Has(contact.Kind))
            && Words.Where(word => char.IsAsciiDigit(word[0])).All(number => sentence.Contains(number, StringComparison.Ordinal));
    }

    internal static Question Read(string text, string language, Lexicon lexicon, Spelling spelling)
    {
        var raw = TextFold.Fold(text).Split(' ');
        var words = lexicon.Spell(text, language == "en", spelling);
        bool Says(string[] known) => known.Any(word => words.Contains(word) || raw.Contains(word));
        var asks = lexicon.Asks.Where(kind => Says(kind.Words)).Select(kind => kind.Kind).ToList();
        var contact = lexicon.Contacts.Where(contact => Says(contact.Words)).Select(contact => ((string, string)?)(contact.Kind, lexicon.TermOf(contact.Words[0])))
            .FirstOrDefault();
        var terms = words.Where(word => !lexicon.IsEmpty(word)).Select(lexicon.TermOf).Distinct().ToList();
        return new Question(text, language, words, terms, asks, contact, ProperNames.In(text).Select(lexicon.TermOf).ToHashSet());
    }
}
