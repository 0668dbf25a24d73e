namespace OgpBot.Dialogs;

/// <summary>
/// How people word an answer in one language, read once from the texts: many ways of yes and no, ordinals, words that say nothing, words that turn a
/// sentence round. All folded.
/// </summary>
internal sealed class AnswerWords
{
    internal const string YesKey = "words.yes";
    internal const string NoKey = "words.no";
    private const string OrdinalsKey = "words.ordinals";
    private const string LastKey = "words.last";
    private const string FillersKey = "words.fillers";
    private const string NegationsKey = "words.negations";
    private const string QuestionsKey = "words.questions";

    internal static readonly string[] Keys = [YesKey, NoKey, OrdinalsKey, LastKey, FillersKey, NegationsKey, QuestionsKey];

    private readonly List<string[]> ordinals;
    private readonly HashSet<string> last;
    private readonly HashSet<string> fillers;
    private readonly HashSet<string> negations;
    private readonly IReadOnlyList<string> questions;

    internal AnswerWords(Texts texts)
    {
        ordinals = [.. ChoiceList.WordsOf(texts, OrdinalsKey).Select(words => words.Split(' '))];
        last = [.. ChoiceList.WordsOf(texts, LastKey)];
        fillers = [.. ChoiceList.WordsOf(texts, FillersKey)];
        negations = [.. ChoiceList.WordsOf(texts, NegationsKey)];
        questions = ChoiceList.WordsOf(texts, QuestionsKey);
    }

    /// <summary>Which of the options «la tercera», «opción 3» or «el último» means, from 0; null where the text is no ordinal.</summary>
    internal int? PositionOf(string folded, int count)
    {
        if (Without(fillers, folded) is not [var word])
        {
            return null;
        }

        if (last.Contains(word))
        {
            return count - 1;
        }

        var at = int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number - 1
            : ordinals.FindIndex(words => words.Contains(word));
        return at >= 0 && at < count ? at : null;
    }

    /// <summary>The text without words that say nothing, such as «creo que la … por favor».</summary>
    internal string Meaning(string folded) => string.Join(' ', Without(fillers, folded));

    internal bool Negates(string folded) => folded.Split(' ').Any(negations.Contains);

    /// <summary>Whether a text has the form of a question: its signs, or its first word.</summary>
    internal bool IsQuestion(string text) => text.AsSpan().IndexOfAny('?', '¿') >= 0 || BeginsAsQuestion(text);

    /// <summary>Whether it begins with a word that questions begin with.</summary>
    internal bool BeginsAsQuestion(string text)
    {
        var folded = TextFold.Fold(text);
        return questions.Any(word => folded.StartsWith($"{word} ", StringComparison.Ordinal));
    }

    private static List<string> Without(HashSet<string> words, string folded) => [.. folded.Split(' ').Where(word => word.Length > 0 && !words.Contains(word))];
}
