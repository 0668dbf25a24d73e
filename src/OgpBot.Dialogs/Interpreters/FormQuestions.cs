using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>The counted questions of the dialog that is filled in, such as that of a submission, whichever dialog waits.</summary>
internal static class FormQuestions
{
    // A shorter word is in many a text by chance.
    private const int ShortestName = 4;

    /// <summary>Its questions that have a name and a slot, and the frame where it lies; -1: it is not begun, and what is told is kept for it.</summary>
    internal static IReadOnlyList<(int Frame, WaitingStep Step)> QuestionsOf(Turn turn)
    {
        var frame = turn.Stack.FindLastIndex(frame => turn.Library.Dialogs[frame.Dialog].ProgressOf is not null);
        var dialog = frame >= 0 ? turn.Library.Dialogs[turn.Stack[frame].Dialog] : turn.Library.Dialogs.Values.FirstOrDefault(dialog => dialog.ProgressOf is not null);
        return dialog is null
            ? []
            : [.. dialog.Steps.OfType<WaitingStep>().Where(step => step is { Name: not null, Fills: not null, Progress: not null }).DistinctBy(step => step.Fills).Select(step => (frame, step))];
    }

    /// <summary>Its questions that were answered, but for the one at hand.</summary>
    internal static IReadOnlyList<(int Frame, WaitingStep Step)> AnsweredBeside(Turn turn, WaitingStep at) =>
        [.. Behind(turn).Where(found => found.Step.Fills != at.Fills && turn.ValueOfSlot(found.Step.Fills!) is { Length: > 0 })];

    /// <summary>Whether a question was answered when it was asked, and not told early.</summary>
    internal static bool IsBehind(Turn turn, WaitingStep step) => Behind(turn).Any(found => found.Step.Fills == step.Fills);

    /// <summary>What citizens call a question: «la colonia o comunidad» is known by either word.</summary>
    internal static IEnumerable<string> NamesOf(Turn turn, WaitingStep step) =>
        TextFold.Fold(turn.Text(step.Name!)).Split(' ').Where(word => word.Length >= ShortestName).Concat(ChoiceList.WordsOf(turn.Library.Texts[turn.Language], $"{step.Name}_also"));

    /// <summary>Whether a folded text holds a name.</summary>
    internal static bool Has(string folded, string words) => words.Length >= ShortestName && ChoiceList.IsPart(words, folded);

    /// <summary>Asks a question again; what was answered before may be left as it is. What was told before it was asked is forgotten, and asked in its turn.</summary>
    internal static StepOutcome GoBack(Turn turn, int frame, WaitingStep step)
    {
        if (!IsBehind(turn, step))
        {
            turn.Clear([step.Fills!]);
            return turn.AskAgain();
        }

        turn.LeaveAbove(frame);
        return new StepOutcome.GoTo(step.Id, Again: true);
    }

    // Those before the first that is open: from a later one the dialog would not come back to it.
    private static IEnumerable<(int Frame, WaitingStep Step)> Behind(Turn turn) => QuestionsOf(turn)
        .TakeWhile(found => found.Frame >= 0 && (turn.ValueOfSlot(found.Step.Fills!) is not null || !turn.Applies(found.Step)));
}
