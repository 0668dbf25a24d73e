namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Decides what a text of the citizen means, before the waiting step takes it.
/// The engine asks the interpreters in the order of the list in <see cref="DialogEngine"/>. The first that returns an outcome wins.
/// </summary>
internal interface IInterpreter
{
    /// <returns>Null: the text does not concern this interpreter.</returns>
    StepOutcome? Interpret(Turn turn, string text);
}
