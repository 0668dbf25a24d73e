namespace OgpBot.Dialogs;

/// <summary>A word of a phrase in a data file. <c>*</c> at its end stands for any ending.</summary>
/// <param name="Text">Folded, without the star.</param>
/// <param name="Begins">Whether it stands for all words that begin so.</param>
public readonly record struct PhraseWord(string Text, bool Begins)
{
    /// <summary>Reads the words of a phrase. A word without letters has an empty text.</summary>
    public static PhraseWord[] ReadAll(string phrase) => [.. phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    /// <summary>Whether a folded word is meant.</summary>
    public bool Fits(string folded) => Begins ? folded.StartsWith(Text, StringComparison.Ordinal) : folded == Text;

    private static PhraseWord Read(string written) => new(TextFold.Fold(written.TrimEnd('*')), written.EndsWith('*'));
}
