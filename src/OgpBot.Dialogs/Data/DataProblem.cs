namespace OgpBot.Dialogs;

/// <summary>A mistake in a data file, told in the words of whoever edits the file.</summary>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Line">The line, from 1; 0: the mistake concerns the whole file.</param>
/// <param name="Message">What is wrong, with a suggestion where there is one.</param>
public sealed record DataProblem(string File, int Line, string Message)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}: {Message}" : $"{File}: {Message}";
}

/// <summary>The data files have mistakes. The program does not start; the command <c>check</c> prints them.</summary>
public sealed class DataException : Exception
{
    public DataException(IReadOnlyList<DataProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    public IReadOnlyList<DataProblem> Problems { get; }
}
