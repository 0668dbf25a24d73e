using System.Globalization;
using System.Text;

namespace OgpBot.Dialogs;

/// <summary>
/// How people word an answer in one language, read once from the texts (<c>words</c>).
/// Examples are yes and no, ordinals, filler words and negations. All are folded.
/// </summary>
internal sealed class AnswerWords(Texts texts)
{
    internal const string YesKey = "words.yes";
    internal const string NoKey = "words.no";
    private const string CorrectionsKey = "words.corrections";
    private const string WishesKey = "words.wishes";
    private const int FewestOfWish = 3;
    private const int MostSigns = 8;

    /// <summary>The keys that each language must have.</summary>
    internal static readonly string[] Keys =
    [
        YesKey, NoKey, CorrectionsKey, WishesKey, "words.ordinals", "words.last", "words.fillers", "words.negations", "words.questions", "words.function",
        "words.places", "words.leads", "words.lead_in", "words.wish_begins", "words.talk", "words.in_names",
    ];

    private readonly List<string[]> ordinals = [.. ChoiceList.WordsOf(texts, "words.ordinals").Select(words => words.Split(' '))];
    private readonly HashSet<string> last = [.. ChoiceList.WordsOf(texts, "words.last")];
    private readonly HashSet<string> fillers = [.. ChoiceList.WordsOf(texts, "words.fillers")];
    private readonly HashSet<string> negations = [.. ChoiceList.WordsOf(texts, "words.negations")];
    private readonly HashSet<string> function = [.. ChoiceList.WordsOf(texts, "words.function")];
    private readonly HashSet<string> leads = [.. ChoiceList.WordsOf(texts, "words.leads")];
    private readonly HashSet<string> leadIn = [.. ChoiceList.WordsOf(texts, "words.lead_in")];
    private readonly HashSet<string> yes = [.. ChoiceList.WordsOf(texts, YesKey)];
    private readonly HashSet<string> no = [.. ChoiceList.WordsOf(texts, NoKey)];
    private readonly HashSet<string> talk = [.. ChoiceList.WordsOf(texts, "words.talk")];
    private readonly HashSet<string> inNames = [.. ChoiceList.WordsOf(texts, "words.in_names")];
    private readonly Dictionary<string, string> inFull = ChoiceList.WordsOf(texts, "words.short")
        .Select(pair => pair.Split(' ', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
    private readonly IReadOnlyList<HeardPhrase> corrections = HeardPhrase.Read(texts.Plain(CorrectionsKey));
    private readonly IReadOnlyList<HeardPhrase> wishes = HeardPhrase.Read(texts.Plain(WishesKey));
    private readonly IReadOnlyList<string> wishBegins = ChoiceList.WordsOf(texts, "words.wish_begins");
    private readonly IReadOnlyList<string> questions = ChoiceList.WordsOf(texts, "words.questions");

    /// <summary>The option that an ordinal means, from 0: «la tercera», «opción 3», «el último». Null where the text is no ordinal.</summary>
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

        var at = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number - 1
            : ordinals.FindIndex(words => words.Contains(word));
        return at >= 0 && at < count ? at : null;
    }

    /// <summary>Words that stand before the name of a place, such as «colonia».</summary>
    internal IReadOnlyCollection<string> BeforePlaces { get; } = [.. ChoiceList.WordsOf(texts, "words.places")];

    /// <summary>How many function words of this language a folded text has. They tell in which language it is written.</summary>
    internal int FunctionWordsIn(string folded) => folded.Split(' ').Count(function.Contains);

    /// <summary>The text without filler words, such as «creo que la … por favor».</summary>
    internal string Meaning(string folded) => string.Join(' ', Without(fillers, folded));

    /// <summary>Whether a text has no word, but an emoji or a few, or dots.</summary>
    internal static bool IsOnlySigns(string text) =>
        DialogEngine.LengthOf(text) <= MostSigns && text.EnumerateRunes().Any(rune => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune));

    /// <summary>Whether a text says yes, and nothing else.</summary>
    internal bool IsYes(string text) => TextFold.Fold(text) is var folded && (yes.Contains(folded) || yes.Contains(Meaning(folded)));

    internal bool IsNo(string text) => TextFold.Fold(text) is var folded && (no.Contains(folded) || no.Contains(Meaning(folded)));

    /// <summary>Whether a text says that an earlier answer is to be changed.</summary>
    /// <param name="first">Only so many of its first words count.</param>
    internal bool Corrects(string text, int first = int.MaxValue)
    {
        var said = TextFold.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(first).ToArray();
        return corrections.Any(phrase => phrase.IsIn(said));
    }

    /// <summary>A folded text with abbreviations written out (<c>words.short</c>): «q» is «que».</summary>
    internal string InFull(string folded) => string.Join(' ', folded.Split(' ').Select(word => inFull.GetValueOrDefault(word, word)));

    /// <summary>Whether the words of a text (<see cref="WordsIn"/>) ask that something be done, as a proposal does.</summary>
    internal bool IsWish(string[] said) => wishes.Any(phrase => phrase.IsIn(said));

    /// <summary>Whether a text speaks to somebody (<c>words.talk</c>), and so may be no answer.</summary>
    /// <param name="isName">A name was asked for. Then function words count too, except those of names (<c>words.in_names</c>).</param>
    internal bool IsTalk(string[] said, bool isName) =>
        said.Any(word => talk.Contains(word)
            || (isName && word.Length > 1 && function.Contains(word) && !BeforePlaces.Contains(word) && !inNames.Contains(word)));

    /// <summary>The words of a text, folded and in full.</summary>
    internal string[] WordsIn(string text) => InFull(TextFold.Fold(text)).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal bool Negates(string folded) => folded.Split(' ').Any(negations.Contains);

    /// <summary>How many words of a folded correction are left after its lead-in: «no, es Roma Norte» has two (<c>words.lead_in</c>).</summary>
    internal int WordsAfterLeadIn(string folded) => folded.Split(' ').SkipWhile(leadIn.Contains).Count();

    /// <summary>Whether a text has the form of a question: its signs, or its first word.</summary>
    internal bool IsQuestion(string text) => HasQuestionMark(text) || BeginsAsQuestion(text);

    internal static bool HasQuestionMark(string text) => text.AsSpan().IndexOfAny('?', '¿') >= 0;

    /// <summary>Whether it begins with a word that questions begin with.</summary>
    internal bool BeginsAsQuestion(string text)
    {
        // «Que pongan pipas y avisen…» is a wish (<c>words.wish_begins</c>). Without its accent «qué» begins short questions only.
        var folded = string.Join(' ', TextFold.Fold(text).Split(' ').SkipWhile(leads.Contains));
        var isWish = folded.Count(letter => letter == ' ') >= FewestOfWish
            && wishBegins.Any(word => text.TrimStart().StartsWith($"{word} ", StringComparison.OrdinalIgnoreCase));
        return !isWish && questions.Any(word => folded.StartsWith($"{word} ", StringComparison.Ordinal));
    }

    private static List<string> Without(HashSet<string> words, string folded) => [.. folded.Split(' ').Where(word => word.Length > 0 && !words.Contains(word))];
}
