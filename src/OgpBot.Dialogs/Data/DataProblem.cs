namespace OgpBot.Dialogs;

/// <summary>A mistake in a data file, in the words of whoever edits it.</summary>
/// <param name="File">The file's name as the editor knows it.</param>
/// <param name="Line">The line, from 1; 0 where the mistake is of the file as a whole.</param>
/// <param name="Message">What is wrong, with a suggestion where there is one.</param>
public sealed record DataProblem(string File, int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}

/// <summary>Data files that can't be used; stops the start, and <c>check</c> prints its problems.</summary>
public sealed class DataException : Exception
{
    public DataException(IReadOnlyList<DataProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    public IReadOnlyList<DataProblem> Problems { get; }
}
