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

    /// <summary>The dialog that answers a question in the middle of this one or of those that it calls; it finds it in the slot <c>said</c>. Null: none does.</summary>
    public string? Asides { get; init; }

    /// <summary>Slots that outlive the dialog; the others go when it ends.</summary>
    public IReadOnlyList<string> Keeps { get; init; } = [];

    internal Step? StepOf(string id) => positions.TryGetValue(id, out var at) ? Steps[at] : null;

    internal Step? StepAfter(string id) => positions.TryGetValue(id, out var at) && at + 1 < Steps.Count ? Steps[at + 1] : null;
}

/// <summary>A word that works at any time: it goes to a step of its dialog, calls a dialog and then asks again, or does what the engine knows.</summary>
/// <param name="Words">The key of a text with the words, separated by commas.</param>
public sealed record DialogCommand(string Words, string? GoTo, string? CallDialog, CommandAct? Does, DataNode Source);

/// <summary>What the engine itself knows to do.</summary>
public enum CommandAct
{
    /// <summary>Asks the question before again; the other answers stay.</summary>
    Back,

    /// <summary>Tells what helps to answer the question at hand.</summary>
    StepHelp,

    /// <summary>With the name of a slot after it, asks for that again: «corregir alcaldía».</summary>
    Correct,

    /// <summary>With another option of a question that was answered after it, takes that: «me equivoqué, es Tlalpan».</summary>
    Mistake,
}
