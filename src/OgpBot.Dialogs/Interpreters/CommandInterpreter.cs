using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Obeys commands such as <c>menú</c> or <c>cancelar</c>: alone in a message, or in a short sentence with one of their phrases (<c>_heard</c>).
/// The innermost dialog that knows the command wins. A command that goes to a step leaves the dialogs above.
/// Their slots stay, so a look at the menu loses no draft.
/// </summary>
internal sealed class CommandInterpreter : IInterpreter
{
    // A sentence that says more is an answer.
    private const int MostBeside = 3;

    public StepOutcome? Interpret(Turn turn, string text)
    {
        var folded = TextFold.Fold(text);
        var meaning = turn.Words.Meaning(folded);
        var said = turn.Words.WordsIn(text);
        for (var at = turn.Stack.Count - 1; at >= 0; at--)
        {
            var commands = turn.Library.Dialogs[turn.Stack[at].Dialog].Commands;
            bool IsNamed(DialogCommand command) => turn.Library.WordsOf(command, turn.Language).Any(word => word == folded || word == meaning);
            bool IsHeard(DialogCommand command) =>
                turn.Library.PhrasesOf(command, turn.Language).Any(phrase => phrase.IsSaid(said, MostBeside, turn.Words)) && !turn.Asks(text);
            if ((commands.FirstOrDefault(IsNamed) ?? commands.FirstOrDefault(IsHeard)) is { } command && Do(turn, command, at) is { } outcome)
            {
                return outcome;
            }
        }

        return null;
    }

    /// <summary>Obeys a command that was recognised in another way: the innermost of this name.</summary>
    internal static StepOutcome? Do(Turn turn, string words)
    {
        for (var at = turn.Stack.Count - 1; at >= 0; at--)
        {
            if (turn.Library.Dialogs[turn.Stack[at].Dialog].Commands.FirstOrDefault(command => command.Words == words) is { } command)
            {
                return Do(turn, command, at);
            }
        }

        return null;
    }

    private static StepOutcome? Do(Turn turn, DialogCommand command, int at)
    {
        switch (command)
        {
            case { GoTo: { } target }:
                turn.LeaveAbove(at);
                return new StepOutcome.GoTo(target);
            case { CallDialog: { } dialog }:
                return Digress(turn, dialog);
            case { Does: CommandAct.Back or CommandAct.Mistake }:
                return Back(turn);
            case { Does: CommandAct.StepHelp } when turn.Step is WaitingStep step:
                turn.Say(turn.Text(step.Help ?? "common.no_help"));
                return turn.AskAgain();
        }

        return null;
    }

    // A dialog that is in hand already begins again: repeated commands do not pile dialogs up.
    private static StepOutcome.CallDialog Digress(Turn turn, string dialog)
    {
        if (turn.Stack.FindIndex(frame => frame.Digression && frame.Dialog == dialog) is > 0 and var open)
        {
            turn.LeaveAbove(open - 1);
        }

        return new StepOutcome.CallDialog(dialog, Digression: true);
    }

    // To the question before; where a dialog has none, to where it was called from.
    private static StepOutcome Back(Turn turn)
    {
        while (true)
        {
            if (turn.AnsweredBefore().FirstOrDefault() is { } step)
            {
                return new StepOutcome.GoTo(step.Id, Again: step.Slot is not null && !turn.IsBesideTheLine);
            }

            if (turn.Stack.Count == 1)
            {
                return turn.Step!.Enter(turn);
            }

            var left = turn.Top;
            turn.LeaveAbove(turn.Stack.Count - 2);
            if (left.Digression)
            {
                return turn.AskAgain();
            }
        }
    }
}
