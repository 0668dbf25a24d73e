using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Takes an answer to any question of the form from a sentence (<c>tells</c> of a step): an option or a place that it names.
/// An answer that was not asked for yet is kept for its question.
/// A different answer than before is changed where the sentence says so; else the question is asked again.
/// </summary>
internal static class FieldAnswer
{
    private const int MostWordsOfPlace = 14;
    private const int ShortestWord = 5;
    private const int FewestDigits = 8;

    // A longer one where a text was asked for is that text.
    private const int MostWordsBeside = 8;

    /// <summary>Takes what a sentence tells.</summary>
    /// <returns>Null where it names no answer.</returns>
    internal static StepOutcome? Take(Turn turn, WaitingStep at, string intent, string text)
    {
        if (at is AskStep && at.Tells == intent)
        {
            return null;
        }

        // Where a question waits behind this one («¿Seguimos?»), it is taken there.
        if (turn.Dialog.ProgressOf is not null && at is ChooseStep { Progress: null, Otherwise: not null })
        {
            return Otherwise(turn, at, text);
        }

        // That she wants to leave contact data, after that question: it is asked again.
        if (FormQuestions.AnsweredBeside(turn, at).FirstOrDefault(found => HasOptionFor(turn, found.Step, intent)) is { Step: { } later } found)
        {
            return FormQuestions.GoBack(turn, found.Frame, later);
        }

        // «¿Cuál es la diferencia entre el primero y el de participación?» names options, and takes none.
        if (at is ChooseStep && turn.Library.IsQuestion(text, turn.Language))
        {
            return null;
        }

        var asked = FormQuestions.QuestionsOf(turn).Where(found => found.Step.Tells == intent).ToList();
        if (asked.Exists(found => found.Step is ChooseStep { Places: not null }))
        {
            return Place(turn, at, text) ?? (at.Tells == intent ? null : Otherwise(turn, at, text));
        }

        foreach (var (frame, step) in asked)
        {
            if (step is ChooseStep choose && Options(turn, choose, text, loosely: true) is { Count: > 0 } options)
            {
                return step.Id != at.Id ? (options.Count == 1 ? Change(turn, frame, choose, options[0]) : null)
                    : options.Count == 1 ? step.Take(turn, options[0])
                    : step.Ask(turn, turn.Text("common.which"), options);
            }
        }

        return asked.Exists(found => found.Step.Id == at.Id) ? null : Otherwise(turn, at, text);
    }

    /// <summary>Takes what a sentence tells where a free text was asked for: a proposal before its question, an option, a place.</summary>
    internal static StepOutcome? Beside(Turn turn, WaitingStep at, string intent, string text) =>
        at.Tells == intent ? null : FormQuestions.QuestionsOf(turn).FirstOrDefault(found => found.Step.Tells == intent).Step switch
        {
            ChooseStep when WordsIn(text) <= MostWordsBeside => Take(turn, at, intent, text),
            AskStep { IsShort: false } asked when turn.Slots[asked.Fills!] is null && asked.Progress > at.Progress => Note(turn, asked, text.Trim()),
            _ => null,
        };

    /// <summary>Changes what a sentence says was wrong: «el tema no, mejor medio ambiente», «no es Roma, es Condesa».</summary>
    internal static StepOutcome? Fix(Turn turn, WaitingStep at, string text)
    {
        var folded = TextFold.Fold(text);
        var tells = turn.IntentOf(text)?.Tells;
        var answered = FormQuestions.AnsweredBeside(turn, at);
        var named = answered.Where(found => FormQuestions.IsNamedIn(turn, folded, found.Step)).ToList();
        var told = answered.Where(found => found.Step.Tells == tells).Concat(named).ToList();
        foreach (var (frame, step) in told.Concat(answered.Where(found => found.Step is ChooseStep { Places: not null })))
        {
            if (step is ChooseStep choose && Options(turn, choose, text, loosely: told.Contains((frame, step)))
                .Where(choice => choice.Value != turn.Slots[step.Fills!]).ToList() is [var other])
            {
                return Change(turn, frame, choose, other);
            }
        }

        var isPlaceName = (WaitingStep step) => step is AskStep { IsShort: true, Tells: IntentNames.Place };
        if (turn.PlacesIn(text) is [var place, ..]
            && answered.FirstOrDefault(found => isPlaceName(found.Step) && turn.Slots[found.Step.Fills!] != place.Name) is { Step: { } name })
        {
            return Correct(turn, name, place.Name);
        }

        return named.FirstOrDefault(found => found.Step is not AskStep { IsShort: false }) is { Step: { } only } asked
            ? FormQuestions.GoBack(turn, asked.Frame, only)
            : null;
    }

    /// <summary>Takes a correction of what was not asked yet as its answer; null where it was, or the sentence names none.</summary>
    internal static StepOutcome? Early(Turn turn, WaitingStep at, string text)
    {
        var tells = turn.IntentOf(text)?.Tells;
        return FormQuestions.QuestionsOf(turn).FirstOrDefault(found => found.Step.Tells == tells).Step is ChooseStep { Fills: { } slot } choose
            && turn.Slots[slot] is null && Options(turn, choose, text, loosely: true).Count == 1
            ? Take(turn, at, tells!, text)
            : null;
    }

    /// <summary>A sentence with an address or a number goes where the step sends what is no option; there they are found in it.</summary>
    internal static StepOutcome? Contact(Turn turn, WaitingStep at, string text) =>
        turn.HasDraft && (text.Contains('@', StringComparison.Ordinal) || text.Count(char.IsAsciiDigit) >= FewestDigits) ? Otherwise(turn, at, text) : null;

    /// <summary>Keeps an answer for its question, tells so, and asks the step at hand again.</summary>
    internal static StepOutcome Note(Turn turn, WaitingStep step, string value, string? label = null)
    {
        turn.Slots.Fill(step.Fills!, value);
        turn.SayOf("common.noted", step, label ?? value);
        return turn.AskAgain();
    }

    /// <summary>Changes the answer of an earlier question, tells so, and goes on with the step at hand.</summary>
    internal static StepOutcome Correct(Turn turn, WaitingStep step, string value)
    {
        turn.Slots.Replace(step.Fills!, value);
        turn.SayOf("common.corrected", step, value);
        turn.IsResuming = true;
        return new StepOutcome.GoTo(turn.Top.Step);
    }

    /// <summary>The options whose names a sentence holds; loosely: or most words that no other option has.</summary>
    internal static IReadOnlyList<Choice> Options(Turn turn, ChooseStep step, string text, bool loosely)
    {
        var folded = TextFold.Fold(text);
        var choices = step.Choices.In(turn.Language);
        var valued = choices.Where(choice => choice.Value.Length > 0).ToList();
        var whole = valued.Where(choice => choice.Names.Any(name => FormQuestions.Has(folded, name))).ToList();
        if (whole.Count > 0 || !loosely)
        {
            return whole;
        }

        var said = folded.Split(' ').Where(word => word.Length >= ShortestWord).ToHashSet();
        var counted = valued.Select(choice => (
            Choice: choice,
            Words: WordsOf(choice).Count(word => said.Contains(word) && choices.Count(other => WordsOf(other).Contains(word)) == 1))).ToList();
        var most = counted.Select(found => found.Words).DefaultIfEmpty().Max();
        return most == 0 ? [] : [.. counted.Where(found => found.Words == most).Select(found => found.Choice)];
    }

    // A known place stands for itself and its borough; another name is kept for the question of its name.
    private static StepOutcome? Place(Turn turn, WaitingStep at, string text)
    {
        var questions = FormQuestions.QuestionsOf(turn);
        var (frame, borough) = questions.FirstOrDefault(found => found.Step is ChooseStep { Places: not null });
        if (borough is not ChooseStep { Places: { } slot } choose || questions.FirstOrDefault(found => found.Step.Fills == slot).Step is not { } name)
        {
            return null;
        }

        var known = turn.PlacesIn(text);
        var boroughs = Options(turn, choose, text, loosely: borough.Id == at.Id);
        if (borough.Id == at.Id)
        {
            return boroughs is [var only] ? Take(only) : KeepPlace(turn, name, text);
        }

        // Another borough than before may be where she lives: that question is asked again.
        if (boroughs is [var named])
        {
            return frame < 0 || turn.Slots[borough.Fills!] is not { } before || before == named.Value
                ? Change(turn, frame, choose, named)
                : FormQuestions.GoBack(turn, frame, borough);
        }

        return known.Count == 0 ? KeepPlace(turn, name, text)
            : turn.Slots[slot] is null ? Note(turn, name, known[0].Name)
            : turn.Slots[slot] == known[0].Name || frame < 0 ? null
            : FormQuestions.GoBack(turn, frame, name);

        StepOutcome Take(Choice choice)
        {
            if (known.Count > 0 && turn.Slots[slot] is null)
            {
                turn.Slots.Fill(slot, known[0].Name);
            }

            return choose.Take(turn, choice);
        }
    }

    private static StepOutcome? KeepPlace(Turn turn, WaitingStep name, string text) =>
        turn.Slots[name.Fills!] is null && WordsIn(text) is > 1 and <= MostWordsOfPlace && !turn.Words.Corrects(text) ? Note(turn, name, text.Trim()) : null;

    private static int WordsIn(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    // More of the problem, a proposal: where the step at hand sends what is no option.
    private static StepOutcome.GoTo? Otherwise(Turn turn, WaitingStep at, string text) =>
        ((at as ChooseStep)?.Otherwise ?? (at as AskStep)?.Otherwise) is { } target ? turn.PassOn(text, target) : null;

    private static StepOutcome? Change(Turn turn, int frame, ChooseStep step, Choice choice)
    {
        var before = turn.Slots[step.Fills!];
        if (before is null)
        {
            return Note(turn, step, choice.Value, choice.Label);
        }

        if (frame < 0)
        {
            return null;
        }

        turn.SayOf(before == choice.Value ? "common.noted" : "common.corrected", step, choice.Label);
        turn.Slots.Replace(step.Fills!, choice.Value);
        if (before == choice.Value || !FormQuestions.IsBehind(turn, step))
        {
            return turn.AskAgain();
        }

        turn.LeaveAbove(frame);
        turn.Top = turn.Top with { Step = step.Id, Again = false };
        turn.IsResuming = true;
        return new StepOutcome.Next();
    }

    private static bool HasOptionFor(Turn turn, WaitingStep step, string intent) =>
        step.Choices.In(turn.Language).Any(choice => choice.Intents.Contains(intent));

    private static IEnumerable<string> WordsOf(Choice choice) =>
        choice.Names.SelectMany(name => name.Split(' ')).Where(word => word.Length >= ShortestWord).Distinct();
}
