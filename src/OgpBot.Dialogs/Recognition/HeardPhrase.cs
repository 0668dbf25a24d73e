namespace OgpBot.Dialogs;

/// <summary>
/// A phrase by which a text is recognised. Its words must stand in this order.
/// At most <see cref="MostBetween"/> other words may stand between two of them.
/// <c>*</c> at the end of a word stands for any ending. «ya mand*» is in «¿oiga, ya lo mandé?».
/// </summary>
public sealed class HeardPhrase
{
    private const int MostBetween = 2;

    private readonly PhraseWord[] words;

    private HeardPhrase(PhraseWord[] words) => this.words = words;

    /// <summary>Ends the key of the phrases by which an option or a command is recognised in a sentence.</summary>
    private const string Heard = "_heard";

    /// <summary>The phrases of an option or a command, by the key of its text. Most have none.</summary>
    internal static IReadOnlyList<HeardPhrase> Of(Texts texts, string key) => texts[key + Heard] is null ? [] : Read(texts.Plain(key + Heard));

    /// <summary>Whether a text says this and little else. A text with a negation does so only where the phrase has one too.</summary>
    /// <param name="said">The text's words (<see cref="AnswerWords.WordsIn"/>).</param>
    internal bool IsSaid(string[] said, int mostBeside, AnswerWords words) => said.Length <= Length + mostBeside && IsIn(said)
        && (!said.Any(word => words.Negates(word)) || this.words.Any(word => words.Negates(word.Text)));

    /// <summary>Its number of words.</summary>
    public int Length => words.Length;

    /// <summary>Reads phrases that are separated by commas.</summary>
    public static IReadOnlyList<HeardPhrase> Read(string list) =>
    [
        .. list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(phrase => new HeardPhrase([.. PhraseWord.ReadAll(phrase).Where(word => word.Text.Length > 0)]))
            .Where(phrase => phrase.Length > 0),
    ];

    /// <summary>Whether the words of a folded text hold it.</summary>
    public bool IsIn(ReadOnlySpan<string> said)
    {
        for (var start = 0; start <= said.Length - words.Length; start++)
        {
            if (words[0].Fits(said[start]) && IsFrom(said, start))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsFrom(ReadOnlySpan<string> said, int start)
    {
        var at = start;
        foreach (var word in words.AsSpan(1))
        {
            var next = at + 1;
            while (next < said.Length && next <= at + 1 + MostBetween && !word.Fits(said[next]))
            {
                next++;
            }

            if (next >= said.Length || next > at + 1 + MostBetween)
            {
                return false;
            }

            at = next;
        }

        return true;
    }
}
