using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Corrects an earlier answer. «Corregir alcaldía» asks that question again. «Me equivoqué, es Tlalpan» takes another option.
/// The other answers stay. What depends on the changed answer is asked again only if it must be.
/// A question that was not answered is still to come. A text that names no question or option may be an answer.
/// </summary>
internal sealed class CorrectionInterpreter : IInterpreter
{
    private const int MostWords = 4;

    public StepOutcome? Interpret(Turn turn, string text)
    {
        var folded = TextFold.Fold(text);
        foreach (var command in turn.Stack.SelectMany(frame => turn.Library.Dialogs[frame.Dialog].Commands).Distinct())
        {
            var start = command.Does is CommandAct.Correct or CommandAct.Mistake
                ? turn.Library.WordsOf(command, turn.Language).FirstOrDefault(word => folded.StartsWith($"{word} ", StringComparison.Ordinal))
                : null;
            if (start is null)
            {
                continue;
            }

            var rest = folded[(start.Length + 1)..];
            if ((command.Does == CommandAct.Correct ? Correct(turn, rest) : Mistake(turn, rest, text)) is { } outcome)
            {
                return outcome;
            }
        }

        return null;
    }

    private static StepOutcome? Correct(Turn turn, string name)
    {
        for (var at = turn.Stack.Count - 1; at >= 0; at--)
        {
            var dialog = turn.Library.Dialogs[turn.Stack[at].Dialog];
            var texts = turn.Library.Texts[turn.Language];
            var named = dialog.Steps.OfType<WaitingStep>().Where(step => step is { Name: not null, Fills: not null })
                .Select(step => new Choice(step.Id, turn.Text(step.Name!), ChoiceList.WordsOf(texts, $"{step.Name}_also"))).ToList();
            if (ChoiceList.Named(name, named, turn.Words) is { } choice)
            {
                if (turn.Slots[dialog.StepOf(choice.Value)!.Slot!] is null)
                {
                    return turn.AskAgain();
                }

                turn.LeaveAbove(at);
                return new StepOutcome.GoTo(choice.Value, Again: true);
            }
        }

        return null;
    }

    private static StepOutcome? Mistake(Turn turn, string meant, string text)
    {
        foreach (var step in turn.AnsweredBefore().Where(step => step is ChooseStep { Name: not null, Fills: not null }))
        {
            if (ChoiceList.Named(meant, step.Choices.In(turn.Language), turn.Words) is { GoTo: null } choice)
            {
                turn.Slots.Replace(step.Fills!, choice.Value);
                turn.SayOf("common.corrected", step, choice.Label);
                turn.Top = turn.Top with { Step = step.Id };
                turn.IsResuming = true;
                return new StepOutcome.Next();
            }
        }

        return ShortText(turn, meant, text);
    }

    // The name of a place, where that was the last short text that was asked for.
    private static StepOutcome? ShortText(Turn turn, string meant, string text)
    {
        var words = turn.Words.WordsAfterLeadIn(meant);
        if (words is 0 or > MostWords || turn.AnsweredBefore().FirstOrDefault(step => step is AskStep { IsShort: true, Name: not null }) is not { } step
            || turn.Slots[step.Fills!] is not { Length: > 0 })
        {
            return null;
        }

        var name = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).TakeLast(words)).TrimEnd('.');
        return FieldAnswer.Correct(turn, step, name);
    }
}
