using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Answers questions about this conversation («¿ya se mandó?») and small talk (<see cref="HeardTexts"/>). Then the step asks again.
/// Where a free text is asked for, only small talk and what has the form of a question is answered. All else may be that text.
/// </summary>
internal sealed class HeardInterpreter : IInterpreter
{
    private const string Chat = "chat.";

    public StepOutcome? Interpret(Turn turn, string text)
    {
        if (turn.Step is not WaitingStep step || ChoiceList.Exact(text, step.Offered(turn)) is not null)
        {
            return null;
        }

        var folded = TextFold.Fold(text);
        var key = folded.Length == 0 ? AnswerWords.IsOnlySigns(text) ? "chat.signs" : null : Find(turn, step, text, folded);
        if (key is null || (step is AskStep && !key.StartsWith(Chat, StringComparison.Ordinal) && !turn.Library.IsQuestion(text, turn.Language)))
        {
            return null;
        }

        return turn.AnswerBy(key);
    }

    // Small talk is understood in each of our languages, whichever is spoken here.
    private static string? Find(Turn turn, WaitingStep step, string text, string folded) =>
        turn.Library.HeardOf(turn.Language).Find(folded, step is ChooseStep, turn.HasDraft && turn.Library.IsQuestion(text, turn.Language))
        ?? turn.Library.Texts.Keys.Where(language => language != turn.Language).Select(language => turn.Library.HeardOf(language).Find(folded))
            .FirstOrDefault(key => key?.StartsWith(Chat, StringComparison.Ordinal) == true);
}
