using OgpBot.Dialogs.Interpreters;
using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>
/// Runs the dialogs. Each method takes a state and an input, and returns the next state and what the bot says.
/// The engine is pure: it reads no clock, random number or file, and knows no channel.
/// Where a room of the host must answer, the turn stops with a <see cref="Call"/> and goes on by <see cref="Resume"/>.
/// A mistake in the data that passes a limit throws <see cref="DialogLimitException"/>.
/// </summary>
public sealed class DialogEngine(DialogLibrary library)
{
    /// <summary>Steps in one turn. More are a loop in the data.</summary>
    public const int MostStepsPerTurn = 100;

    /// <summary>Dialogs inside one another.</summary>
    public const int MostFrames = 8;

    /// <summary>Slots in one conversation.</summary>
    public const int MostSlots = 64;

    /// <summary>UTF-16 units in one slot: <see cref="LongestText"/> characters of any script.</summary>
    public const int LongestSlot = 2 * LongestText;

    /// <summary>Characters (Unicode scalar values) of one text of a citizen.</summary>
    public const int LongestText = 2_000;

    /// <summary>The slot that holds the language of the conversation.</summary>
    public const string LanguageSlot = "language";

    /// <summary>The slot that holds the channel's name.</summary>
    public const string ChannelSlot = "channel";

    /// <summary>The slot that holds the payload of the link that the citizen followed.</summary>
    public const string SourceSlot = "source";

    /// <summary>The slot that holds what a citizen said beside the question.</summary>
    public const string SaidSlot = "said";

    /// <summary>The slot that tells to what question: <see cref="SaidToText"/>, <see cref="SaidToChoice"/> or <see cref="SaidToShort"/>.</summary>
    public const string SaidToSlot = "said_to";

    /// <summary>The slot that tells at which step.</summary>
    public const string SaidAtSlot = "said_at";

    /// <summary>The slot that holds the answer to the next counted question, which then is not asked.</summary>
    public const string CarriedSlot = "carried";

    /// <summary>To a question for a free text: the words may be the answer.</summary>
    public const string SaidToText = "text";

    public const string SaidToChoice = "choice";

    /// <summary>To a question for a free text: the words are too few to be the answer.</summary>
    public const string SaidToShort = "short";

    private static readonly IInterpreter[] Interpreters =
    [
        new DangerInterpreter(), new ChoiceInterpreter(), new LanguageInterpreter(), new CommandInterpreter(), new CorrectionInterpreter(),
        new HeardInterpreter(), new OutOfTurnInterpreter(), new IntentInterpreter(), new QuestionInterpreter(), new AnswerInterpreter(),
    ];

    /// <summary>The length of a text in characters (Unicode scalar values), as people count them.</summary>
    public static int LengthOf(string text) => text.EnumerateRunes().Count();

    /// <summary>Begins the conversation, or says again where it stands.</summary>
    public TurnResult Begin(DialogState state, string? activity = null) => Run(Prepare(state, activity), null);

    /// <summary>Takes a text of the citizen.</summary>
    public TurnResult Answer(DialogState state, string text, string? activity = null)
    {
        var turn = Prepare(state, activity);
        if (turn.Stack.Count == 0)
        {
            return Run(turn, null);
        }

        var outcome = Interpret(turn, text);
        if (outcome is StepOutcome.Wait)
        {
            return Finish(turn, null);
        }

        // What was said beside the question may yet come back to it.
        turn.Misses = outcome is StepOutcome.CallDialog { Digression: true } ? turn.Misses : 0;
        return Follow(turn, outcome);
    }

    /// <summary>Goes on with what a room answered.</summary>
    public TurnResult Resume(DialogState state, CallResult result, string? activity = null)
    {
        var turn = Prepare(state, activity);
        foreach (var (slot, value) in result.Values)
        {
            turn.Slots.Replace(slot, value);
        }

        if (turn.Top.Guarded)
        {
            turn.Top = turn.Top with { Guarded = false };
            var outcome = turn.Dialog.Guard!.OutcomeOf(result);
            return Run(turn, outcome is StepOutcome.GoTo ? outcome : null);
        }

        return Run(turn, (turn.Step as CallStep)?.OutcomeOf(result));
    }

    /// <summary>Says a text of the host with what the conversation knows, and changes nothing.</summary>
    public TurnResult Tell(DialogState state, string key, IReadOnlyDictionary<string, string> values)
    {
        var turn = new Turn(library, state, null);
        turn.Say(turn.Text(key, values));
        return new TurnResult(state, turn.Activities, null);
    }

    /// <summary>Says a text of the host in the middle of whatever is being asked, and asks that again in brief.</summary>
    public TurnResult Interrupt(DialogState state, string key, IReadOnlyDictionary<string, string> values)
    {
        var turn = Prepare(state, null);
        turn.Say(turn.Text(key, values));
        turn.IsResuming = true;
        return Run(turn, null);
    }

    private static StepOutcome Interpret(Turn turn, string text) =>
        Interpreters.Select(interpreter => interpreter.Interpret(turn, text)).First(found => found is not null)!;

    private Turn Prepare(DialogState state, string? activity)
    {
        var turn = new Turn(library, state, activity);
        if (state.DialogsVersion == library.Version)
        {
            return turn;
        }

        // Newer data may lack a dialog or step: the dialog below goes on. They may lack an option: its question is asked again.
        turn.Slots.Clear([.. turn.Slots.All.Where(slot => !library.MayHold(slot.Key, slot.Value.Value)).Select(slot => slot.Key)]);
        var known = turn.Stack.TakeWhile(frame => library.Dialogs.TryGetValue(frame.Dialog, out var dialog) && dialog.StepOf(frame.Step) is not null).Count();
        turn.Stack.RemoveRange(known, turn.Stack.Count - known);
        return turn;
    }

    // Goes on after what the citizen said. The dialog's guard is asked first, once her answer is kept.
    private TurnResult Follow(Turn turn, StepOutcome outcome) =>
        outcome is StepOutcome.Next or StepOutcome.GoTo && turn.Dialog.Guard is { } guard && turn.Move(outcome) ? Ask(turn, guard) : Run(turn, outcome);

    // Follows an outcome, then enters step after step until one waits or calls. A null outcome enters the step at hand.
    private TurnResult Run(Turn turn, StepOutcome? outcome)
    {
        for (var count = 0; count < MostStepsPerTurn; count++)
        {
            switch (outcome)
            {
                case StepOutcome.Wait:
                    return Finish(turn, null);
                case StepOutcome.CallRoom room:
                    return Finish(turn, room.Step);
                case StepOutcome.CallDialog call when call.Digression && turn.Stack.Count >= MostFrames:
                    break;
                case StepOutcome.CallDialog call:
                    turn.Push(call);
                    if (turn.Dialog.Guard is { } guard)
                    {
                        return Ask(turn, guard);
                    }

                    break;
                case StepOutcome.Next or StepOutcome.GoTo when !turn.Move(outcome):
                    outcome = new StepOutcome.End(KeepSlots: false);
                    continue;
                case StepOutcome.End { HandsBack: true } end:
                    turn.Pop(end);
                    var said = turn.Slots[SaidSlot] ?? "";
                    return Follow(turn, end.HearsAgain ? Interpret(turn, said) : new AnswerInterpreter().Interpret(turn, said)!);
                case StepOutcome.End end:
                    outcome = turn.Pop(end);
                    continue;
            }

            if (turn.Stack.Count == 0)
            {
                turn.Push(new StepOutcome.CallDialog(DialogLibrary.MainDialog));
            }

            outcome = EnterUnlessAnswered(turn);
        }

        throw new DialogLimitException($"more than {MostStepsPerTurn} steps in one turn, at `{turn.Top.Dialog}/{turn.Top.Step}`");
    }

    private static StepOutcome EnterUnlessAnswered(Turn turn)
    {
        var step = turn.Step!;
        if (!turn.Applies(step))
        {
            if (step.Slot is not null)
            {
                turn.Slots.Clear([step.Slot]);
            }

            return new StepOutcome.Next();
        }

        if (step.Slot is not null && turn.Slots[step.Slot] is not null && !turn.Top.Again)
        {
            return new StepOutcome.Next();
        }

        if (step is WaitingStep { Progress: not null } && turn.Slots[CarriedSlot] is { } carried)
        {
            turn.Slots.Clear([CarriedSlot]);
            return Interpret(turn, carried);
        }

        return step.Enter(turn);
    }

    private TurnResult Ask(Turn turn, CallStep guard)
    {
        turn.Top = turn.Top with { Guarded = true };
        return Finish(turn, guard);
    }

    private TurnResult Finish(Turn turn, CallStep? call)
    {
        var slots = turn.Slots.All;
        var state = new DialogState { DialogsVersion = library.Version, Stack = turn.Stack, Slots = slots, Misses = turn.Misses };
        var asked = call is null ? null : new Call(call.Name, slots.ToDictionary(slot => slot.Key, slot => slot.Value.Value), turn.Language, call.With);
        return new TurnResult(state, turn.Activities, asked) { Withdrawn = turn.Slots.Withdrawn };
    }
}
