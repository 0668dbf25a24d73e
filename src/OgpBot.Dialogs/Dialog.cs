using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>A dialog, as its file in the data describes it: steps in order, and commands.</summary>
public sealed record Dialog(string Id, IReadOnlyList<Step> Steps)
{
    private readonly Dictionary<string, int> positions = Steps.Select((step, at) => (step.Id, at)).DistinctBy(pair => pair.Id).ToDictionary();

    /// <summary>The number of steps that the citizen is told. It does not change when some are skipped. Null: steps are not counted.</summary>
    public int? ProgressOf { get; init; }

    /// <summary>A call that decides once a turn whether the dialog may go on, such as whether the consultation is open.</summary>
    public CallStep? Guard { get; init; }

    /// <summary>Commands that work while this dialog waits.</summary>
    public IReadOnlyList<DialogCommand> Commands { get; init; } = [];

    /// <summary>
    /// The dialog that answers questions in the middle of this one, or of one that it calls. The question is in the slot <c>said</c>.
    /// </summary>
    public string? Asides { get; init; }

    /// <summary>Slots that are kept when the dialog ends. The others are emptied.</summary>
    public IReadOnlyList<string> Keeps { get; init; } = [];

    internal Step? StepOf(string id) => positions.TryGetValue(id, out var at) ? Steps[at] : null;

    internal Step? StepAfter(string id) => positions.TryGetValue(id, out var at) && at + 1 < Steps.Count ? Steps[at + 1] : null;
}

/// <summary>A command of the citizen. It goes to a step of its dialog, or calls a dialog and asks again, or does an act of the engine.</summary>
/// <param name="Words">The key of a text with the words, separated by commas.</param>
public sealed record DialogCommand(string Words, string? GoTo, string? CallDialog, CommandAct? Does, DataNode Source);

/// <summary>Acts of the engine that a command may do.</summary>
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
