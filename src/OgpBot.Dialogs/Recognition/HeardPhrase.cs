namespace OgpBot.Dialogs;

/// <summary>
/// A phrase by which something is recognised, as the texts write it: its words stand in this order, with at most <see cref="MostBetween"/> others between two of
/// them; <c>*</c> at the end of a word stands for any ending. «ya mand*» is in «¿oiga, ya lo mandé?».
/// </summary>
public sealed class HeardPhrase
{
    private const int MostBetween = 2;

    private readonly PhraseWord[] words;

    private HeardPhrase(PhraseWord[] words) => this.words = words;

    /// <summary>Ends the key of the phrases by which an option or a command is recognised in a sentence.</summary>
    private const string Heard = "_heard";

    /// <summary>The phrases of an option or a command, by the key of its text; most have none.</summary>
    internal static IReadOnlyList<HeardPhrase> Of(Texts texts, string key) => texts[key + Heard] is null ? [] : Read(texts.Plain(key + Heard));

    /// <summary>Whether the words of a text (<see cref="AnswerWords.WordsIn"/>) say this and little else; a text that says no says it only where the phrase does.</summary>
    internal bool IsSaid(string[] said, int mostBeside, AnswerWords words) => said.Length <= Length + mostBeside && IsIn(said)
        && (!said.Any(word => words.Negates(word)) || this.words.Any(word => words.Negates(word.Text)));

    /// <summary>How many words it has.</summary>
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
