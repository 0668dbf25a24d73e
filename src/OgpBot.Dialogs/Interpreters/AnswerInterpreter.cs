namespace OgpBot.Dialogs.Interpreters;

/// <summary>Gives the text to the waiting step as its answer. It is the last in the list.</summary>
internal sealed class AnswerInterpreter : IInterpreter
{
    public StepOutcome? Interpret(Turn turn, string text)
    {
        if (DialogEngine.LengthOf(text) > DialogEngine.LongestText)
        {
            turn.Say(turn.TooLong(text, DialogEngine.LongestText));
            return turn.AskAgain();
        }

        return turn.Step!.Answer(turn, text);
    }
}
