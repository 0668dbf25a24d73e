using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Sends a question in the middle of a dialog to the dialog that answers questions (<c>asides</c>).
/// That dialog hands it back where it was an answer to the step. Where a free text is asked for, it may always be one.
/// So there the same words a second time are the answer. «¿Tlalpan?» is no question where that is an option.
/// </summary>
internal sealed class QuestionInterpreter : IInterpreter
{
    // Characters of a question. A longer text tells something.
    private const int LongestQuestion = 300;

    private const int FewestWords = 4;

    // A longer one tells something, too.
    private const int LongestAside = 60;

    public StepOutcome? Interpret(Turn turn, string text)
    {
        var said = text.Trim();
        if (turn.Step is not WaitingStep step || DialogEngine.LengthOf(said) > LongestQuestion
            || !(turn.Library.IsQuestion(said, turn.Language) || IsNoOption(turn, step, said))
            || (step is AskStep && turn.Slots[DialogEngine.SaidSlot] == said && turn.Slots[DialogEngine.SaidAtSlot] == At(turn))
            || (!turn.Words.BeginsAsQuestion(said) && ChoiceList.Fitting(said, step.Offered(turn), turn.Words).Count > 0))
        {
            return null;
        }

        return Aside(turn, step, said);
    }

    /// <summary>Hands what was said to the dialog that answers asides; null where none does.</summary>
    internal static StepOutcome.CallDialog? Aside(Turn turn, WaitingStep step, string said)
    {
        if (AsidesOf(turn) is not { } asides || turn.Stack.Count >= DialogEngine.MostFrames)
        {
            return null;
        }

        turn.Slots.Fill(DialogEngine.SaidSlot, said);
        turn.Slots.Fill(DialogEngine.SaidAtSlot, At(turn));
        turn.Slots.Fill(DialogEngine.SaidToSlot, (LongerThanQuestion(said), step) switch
        {
            (true, AskStep) => DialogEngine.SaidToText,
            (true, ChooseStep choose) when choose.TakesOtherwise(said) => DialogEngine.SaidToText,
            (false, AskStep) => DialogEngine.SaidToShort,
            _ => DialogEngine.SaidToChoice,
        });
        return new StepOutcome.CallDialog(asides, Digression: true);
    }

    private static string At(Turn turn) => $"{turn.Top.Dialog}/{turn.Top.Step}";

    private static string? AsidesOf(Turn turn) =>
        turn.Stack.Select(frame => turn.Library.Dialogs[frame.Dialog].Asides).LastOrDefault(found => found is not null);

    private static bool LongerThanQuestion(string said) => DialogEngine.LengthOf(said) > LongestAside;

    // Whole sentences where an option is asked for may tell of a danger, or ask without the form of a question.
    private static bool IsNoOption(Turn turn, WaitingStep step, string said) =>
        step is ChooseStep && turn.HasDraft && said.Count(letter => letter == ' ') >= FewestWords - 1
            && ChoiceList.Fitting(said, step.Offered(turn), turn.Words).Count == 0;
}
