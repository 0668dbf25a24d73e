using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>A dialog as its file tells it.</summary>
public sealed record Dialog(string Id, IReadOnlyList<Step> Steps)
{
    private readonly Dictionary<string, int> positions = Steps.Select((step, at) => (step.Id, at)).DistinctBy(pair => pair.Id).ToDictionary();

    /// <summary>How many steps the citizen is told there are; it stays when some are jumped. Null: not counted.</summary>
    public int? ProgressOf { get; init; }

    /// <summary>Asked once a turn, after the citizen's answer is kept: may this dialog go on? (For instance: is the consultation open?)</summary>
    public CallStep? Guard { get; init; }

    /// <summary>Words that work while this dialog waits.</summary>
    public IReadOnlyList<DialogCommand> Commands { get; init; } = [];

    /// <summary>Slots that outlive the dialog; the others go when it ends.</summary>
    public IReadOnlyList<string> Keeps { get; init; } = [];

    internal Step? StepOf(string id) => positions.TryGetValue(id, out var at) ? Steps[at] : null;

    internal Step? StepAfter(string id) => positions.TryGetValue(id, out var at) && at + 1 < Steps.Count ? Steps[at + 1] : null;
}

/// <summary>A word that works at any time: it goes to a step of its dialog, or calls a dialog and then asks again.</summary>
/// <param name="Words">The key of a text with the words, separated by commas.</param>
public sealed record DialogCommand(string Words, string? GoTo, string? CallDialog);
