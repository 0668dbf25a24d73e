using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Answers who is in danger, before her words are taken for a command: «ya no quiero vivir» does not leave the form.
/// Where a free text is asked for, <see cref="AskStep.Doubtful"/> does this.
/// </summary>
internal sealed class DangerInterpreter : IInterpreter
{
    private const double Sure = 0.5;
    private const int FewestWords = 3;

    public StepOutcome? Interpret(Turn turn, string text) =>
        turn.Step is ChooseStep step && ChoiceList.Exact(text, step.Offered(turn)) is null && turn.Words.WordsIn(text).Length >= FewestWords
            && turn.IntentOf(text) is { Name: IntentNames.Danger, Confidence: >= Sure }
            ? QuestionInterpreter.Aside(turn, step, text.Trim())
            : null;
}
