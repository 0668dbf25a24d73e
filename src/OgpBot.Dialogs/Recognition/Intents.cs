namespace OgpBot.Dialogs;

/// <summary>
/// Reads <c>intents.LANG.yaml</c>: intents of messages, each with examples that are separated by semicolons.
/// A message that holds no phrase of the texts is compared with all of them (<see cref="IntentClassifier"/>).
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

/// <summary>An example of how people word an intent.</summary>
internal sealed record IntentExample(string Intent, string Text, DataNode Source);

/// <summary>What a message says, by its likeness to the examples.</summary>
/// <param name="Name">Group and name, such as <c>about.who_reads</c>.</param>
/// <param name="Confidence">A probability from 0 to 1.</param>
public readonly record struct Intent(string Name, double Confidence)
{
    private const double Likely = 0.22;
    private const double LikelyGroup = 0.4;
    private const double LeastInGroup = 0.12;

    /// <summary>The probability of its whole group, such as small talk of any kind.</summary>
    internal double OfGroup { get; init; }

    /// <summary>The likeliest intent of the group <c>tells</c>: the question of the form that the message may answer. Null: there is none.</summary>
    internal string? Tells { get; init; }

    /// <summary>Whether it is sure enough to act on, where the message is no answer anyway.</summary>
    public bool IsLikely => Confidence >= Likely || (OfGroup >= LikelyGroup && Confidence >= LeastInGroup);
}

/// <summary>Intents and groups of intents that the program knows by name. All others are texts, commands and options of the data.</summary>
public static class IntentNames
{
    public const string Archive = "archive";
    public const string Danger = "danger";
    public const string Problem = "tells.problem";
    public const string Proposal = "tells.proposal";
    public const string Place = "tells.place";
    internal const string About = "about";
    internal const string Answer = "answer";
    internal const string Chat = "chat";
    internal const string Command = "command";
    internal const string Tells = "tells";
    internal const string Fix = "command.fix";
    internal const string Contact = "tells.contact";
    internal const string OtherLanguage = "chat.other_language";

    /// <summary>The part of a name before the full stop.</summary>
    internal static string Group(string intent) => intent.Split('.')[0];
}
