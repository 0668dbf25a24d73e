namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Words such as <c>menú</c> or <c>cancelar</c>, alone in a message. The innermost dialog that knows the word wins; a command that goes to
/// a step leaves the dialogs above its own, but their slots stay: a draft is not lost by a look at the menu.
/// </summary>
internal sealed class CommandInterpreter : IInterpreter
{
    public StepOutcome? Interpret(Turn turn, string text)
    {
        var folded = TextFold.Fold(text);
        for (var at = turn.Stack.Count - 1; at >= 0; at--)
        {
            var commands = turn.Library.Dialogs[turn.Stack[at].Dialog].Commands;
            var command = commands.FirstOrDefault(command => turn.Library.WordsOf(command, turn.Language).Contains(folded));
            if (command is { GoTo: { } target })
            {
                turn.Stack.RemoveRange(at + 1, turn.Stack.Count - at - 1);
                return new StepOutcome.GoTo(target);
            }

            if (command is { CallDialog: { } dialog })
            {
                return new StepOutcome.CallDialog(dialog, Digression: true);
            }
        }

        return null;
    }
}
