using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>The counted questions of the form, such as that of a submission, whichever dialog is at hand.</summary>
internal static class FormQuestions
{
    // A shorter word is in many a text by chance.
    private const int ShortestName = 4;

    /// <summary>
    /// The form's questions that have a name and a slot. Frame is where the form stands in the stack.
    /// It is -1 where the form is not begun; then answers are kept for it.
    /// </summary>
    internal static IReadOnlyList<(int Frame, WaitingStep Step)> QuestionsOf(Turn turn)
    {
        var frame = turn.Stack.FindLastIndex(frame => turn.Library.Dialogs[frame.Dialog].ProgressOf is not null);
        var dialog = frame >= 0
            ? turn.Library.Dialogs[turn.Stack[frame].Dialog]
            : turn.Library.Dialogs.Values.FirstOrDefault(dialog => dialog.ProgressOf is not null);
        var named = dialog?.Steps.OfType<WaitingStep>().Where(step => step is { Name: not null, Fills: not null, Progress: not null });
        return named is null ? [] : [.. named.DistinctBy(step => step.Fills).Select(step => (frame, step))];
    }

    /// <summary>The answered questions, but for the one at hand.</summary>
    internal static IReadOnlyList<(int Frame, WaitingStep Step)> AnsweredBeside(Turn turn, WaitingStep at) =>
        [.. Behind(turn).Where(found => found.Step.Fills != at.Fills && turn.Slots[found.Step.Fills!] is { Length: > 0 })];

    /// <summary>Whether a question was answered when it was asked, and not told early.</summary>
    internal static bool IsBehind(Turn turn, WaitingStep step) => Behind(turn).Any(found => found.Step.Fills == step.Fills);

    /// <summary>Whether a folded text names a question. «La colonia o comunidad» is known by either word.</summary>
    internal static bool IsNamedIn(Turn turn, string folded, WaitingStep step) => TextFold.Fold(turn.Text(step.Name!)).Split(' ')
        .Concat(ChoiceList.WordsOf(turn.Library.Texts[turn.Language], $"{step.Name}_also")).Any(name => Has(folded, name));

    /// <summary>Whether a folded text holds a name.</summary>
    internal static bool Has(string folded, string name) => name.Length >= ShortestName && ChoiceList.IsPart(name, folded);

    /// <summary>
    /// Asks a question again; the citizen may keep the earlier answer. An answer that was told early is forgotten, and asked in its turn.
    /// </summary>
    internal static StepOutcome GoBack(Turn turn, int frame, WaitingStep step)
    {
        if (!IsBehind(turn, step))
        {
            turn.Slots.Clear([step.Fills!]);
            return turn.AskAgain();
        }

        turn.LeaveAbove(frame);
        return new StepOutcome.GoTo(step.Id, Again: true);
    }

    // Those before the first open one: from a later one the dialog would not come back to it.
    private static IEnumerable<(int Frame, WaitingStep Step)> Behind(Turn turn) => QuestionsOf(turn)
        .TakeWhile(found => found.Frame >= 0 && (turn.Slots[found.Step.Fills!] is not null || !turn.Applies(found.Step)));
}
