namespace OgpBot.Dialogs;

/// <summary>
/// <c>intents.LANG.yaml</c>: what people want to say to the chat, and for each some of the ways in which they say it, separated by semicolons. A message that is
/// worded like none of the phrases of the texts is compared with all of them (<see cref="IntentClassifier"/>).
/// </summary>
internal static class Intents
{
    private const string Prefix = "intents.";
    private const char Between = ';';

    internal static bool IsFile(string path) => Path.GetFileName(path) is { } name && name.StartsWith(Prefix, StringComparison.Ordinal);

    internal static string LanguageOf(string path) => Path.GetFileName(path).Split('.')[1];

    /// <summary>Reads a file; a mistake in it is a problem.</summary>
    internal static IReadOnlyList<IntentExample> Read(string path, List<DataProblem> problems) =>
    [
        .. DataNode.Read(path, Path.GetFileName(path), problems).Entries
            .SelectMany(intent => (intent.Value.Text ?? "").Split(Between, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(example => new IntentExample(intent.Key, example, intent.Value))),
    ];
}

/// <summary>One of the ways in which people say something.</summary>
internal sealed record IntentExample(string Intent, string Text, DataNode Source);

/// <summary>What a message says, by its likeness to the examples.</summary>
/// <param name="Name">Such as <c>about.who_reads</c>.</param>
/// <param name="Confidence">How sure that is, from 0 to 1.</param>
public readonly record struct Intent(string Name, double Confidence)
{
    private const double Likely = 0.22;
    private const double LikelyGroup = 0.4;
    private const double LeastInGroup = 0.12;

    /// <summary>How sure its kind is: that it is small talk, whichever.</summary>
    internal double OfGroup { get; init; }

    /// <summary>The likeliest answer to a question of the form in it, whatever else it says; null where the examples have none.</summary>
    internal string? Tells { get; init; }

    /// <summary>Whether to act on it where what was said is no answer anyway.</summary>
    public bool IsLikely => Confidence >= Likely || (OfGroup >= LikelyGroup && Confidence >= LeastInGroup);
}

/// <summary>Intents that the program itself knows; all others are texts, commands and options of the data.</summary>
public static class IntentNames
{
    public const string Archive = "archive";
    public const string Danger = "danger";
    public const string Problem = "tells.problem";
    public const string Proposal = "tells.proposal";
    public const string Place = "tells.place";
    internal const string Fix = "command.fix";
    internal const string Contact = "tells.contact";
    internal const string OtherLanguage = "chat.other_language";
    internal const string Tells = "tells";

    /// <summary>What stands before the point.</summary>
    internal static string Group(string intent) => intent.Split('.')[0];
}
