namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Decides what a text means before the waiting step takes it. Interpreters are asked in the order of the list in
/// <see cref="DialogEngine"/>; the first that knows gives the outcome.
/// </summary>
internal interface IInterpreter
{
    /// <returns>Null when the text is none of its business.</returns>
    StepOutcome? Interpret(Turn turn, string text);
}
