using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Takes an option by its own words, also where they are a command elsewhere.
/// It also takes a sentence with one of the option's phrases (<c>_heard</c>), and a value where one is asked for.
/// </summary>
internal sealed class ChoiceInterpreter : IInterpreter
{
    // Where a text is asked for, more words are the text.
    private const int MostBeside = 4;
    private const int MostBesideAtText = 2;

    public StepOutcome? Interpret(Turn turn, string text)
    {
        if (turn.Step is not WaitingStep step)
        {
            return null;
        }

        // «Como 1,200» begins as a question does, and is a number where one was asked for.
        if (step is ValueStep value && value.Read(turn, text) is not null)
        {
            return value.Answer(turn, text);
        }

        var (folded, offered) = (TextFold.Fold(text), step.Offered(turn));
        var choice = offered.FirstOrDefault(choice => choice.Is(folded))
            ?? (offered.Any(choice => choice.Heard.Count > 0) ? Heard(turn, step, text, offered) : null);
        return choice is null ? null : step.Take(turn, choice);
    }

    private static Choice? Heard(Turn turn, WaitingStep step, string text, IReadOnlyList<Choice> offered) =>
        ChoiceList.Heard(turn.Words.WordsIn(text), offered, step is AskStep ? MostBesideAtText : MostBeside, turn.Words) is { } choice && !turn.Asks(text)
            ? choice
            : null;
}
