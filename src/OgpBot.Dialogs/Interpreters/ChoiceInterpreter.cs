using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>An option's own words, as its button says them or as the data name it, always mean that option: also where they are a command elsewhere.</summary>
internal sealed class ChoiceInterpreter : IInterpreter
{
    public StepOutcome? Interpret(Turn turn, string text) =>
        turn.Step is WaitingStep step && step.Offered(turn).FirstOrDefault(choice => choice.Is(TextFold.Fold(text))) is { } choice ? step.Take(turn, choice) : null;
}
