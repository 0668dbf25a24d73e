namespace OgpBot.Dialogs;

/// <summary>
/// Texts that answer at any step, in one language: to questions about this conversation (<c>about</c>) and small talk (<c>chat</c>).
/// The key with <c>_also</c> holds the phrases by which such a message is recognised.
/// The key with <c>_draft</c> holds the answer for who has a draft in hand.
/// </summary>
internal sealed class HeardTexts
{
    internal const string Draft = "_draft";
    private const string About = "about.";
    private const string Chat = "chat.";
    private const string Phrases = "_also";

    // With more words beside the phrase the message says something else.
    private const int MostBesideQuestion = 3;
    private const int MoreBesideQuestion = 5;
    private const int MoreBesideLong = 4;
    private const int LongPhrase = 3;
    private const int LongestHeard = 120;

    // A message in a language that we do not speak is not understood at any length.
    private const string OtherLanguage = IntentNames.OtherLanguage;
    private const int MostBesideOther = 8;
    private const int MostBesideWord = 2;
    private const int MostBesideTalk = 5;

    private readonly List<(string Key, HeardPhrase Phrase, int MostBeside)> known;
    private readonly AnswerWords words;

    internal HeardTexts(Texts texts, AnswerWords words)
    {
        this.words = words;
        known = Read(texts);
    }

    /// <summary>The key of the text that answers a message; null: none does. The longest phrase wins.</summary>
    /// <param name="isChoice">An option was asked for. Then more words may stand beside a long phrase.</param>
    /// <param name="isQuestion">It has the form of a question, in the middle of a draft. Then more may stand beside any question's phrase.</param>
    internal string? Find(string folded, bool isChoice = false, bool isQuestion = false)
    {
        // A long message tells something else.
        var said = folded.Length > LongestHeard ? [] : words.WordsIn(folded);
        int More((string Key, HeardPhrase Phrase, int MostBeside) text) => !isChoice || !text.Key.StartsWith(About, StringComparison.Ordinal) ? 0
            : isQuestion ? MoreBesideQuestion
            : text.Phrase.Length >= LongPhrase ? MoreBesideLong
            : 0;
        return known.FirstOrDefault(text => said.Length <= text.Phrase.Length + text.MostBeside + More(text) && text.Phrase.IsIn(said)).Key;
    }

    /// <summary>Whether a text (<see cref="AnswerWords.WordsIn"/>) holds a question about this conversation, whatever else it says.</summary>
    internal bool IsHeardIn(string[] said) =>
        known.Exists(text => text.Phrase.Length > 1 && text.Key.StartsWith(About, StringComparison.Ordinal) && text.Phrase.IsIn(said));

    private static List<(string Key, HeardPhrase Phrase, int MostBeside)> Read(Texts texts) =>
    [
        .. from key in texts.Keys
           where key.EndsWith(Phrases, StringComparison.Ordinal)
           let isQuestion = key.StartsWith(About, StringComparison.Ordinal)
           where isQuestion || key.StartsWith(Chat, StringComparison.Ordinal)
           from phrase in HeardPhrase.Read(texts.Plain(key))
           orderby phrase.Length descending
           let mostBeside = key == OtherLanguage + Phrases ? MostBesideOther : isQuestion ? MostBesideQuestion : phrase.Length == 1 ? MostBesideWord : MostBesideTalk
           select (key[..^Phrases.Length], phrase, mostBeside),
    ];
}
