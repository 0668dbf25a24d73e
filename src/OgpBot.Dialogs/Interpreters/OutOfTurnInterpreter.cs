using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Takes an answer that fits another question of the form than the one at hand. A known place stands for its borough.
/// An option of a later question is kept for it. An option of an earlier question leads back there.
/// </summary>
internal sealed class OutOfTurnInterpreter : IInterpreter
{
    private const string LikelySlot = "likely";

    // A correction says so in its first words.
    private const int MostWordsBefore = 5;
    private const int MostWordsAroundPlace = 10;
    private const int MostWordsAroundOption = 12;

    public StepOutcome? Interpret(Turn turn, string text)
    {
        if (turn.Step is not WaitingStep step || turn.Words.IsNo(text))
        {
            return null;
        }

        if (step is not ChooseStep choose)
        {
            return (turn.Words.Corrects(text, MostWordsBefore) ? Correct(turn, step, text) : null)
                ?? (step is AskStep { IsShort: true } && turn.IntentOf(text)?.Name != IntentNames.Place ? OtherOption(turn, step, text) : null);
        }

        var offered = step.Offered(turn);
        var isYes = turn.Words.IsYes(text);
        if (isYes && turn.Slots[LikelySlot] is { } likely && offered.FirstOrDefault(choice => choice.Value == likely) is { } confirmed)
        {
            turn.Slots.Clear([LikelySlot]);
            return step.Take(turn, confirmed);
        }

        if (isYes || ChoiceList.Fitting(text, offered, turn.Words).Count > 0)
        {
            return null;
        }

        return Place(turn, choose, text, offered) ?? Whole(turn, choose, text, offered) ?? Named(turn, choose, text)
            ?? LaterPlace(turn, choose, text) ?? (turn.Words.Corrects(text) ? Correct(turn, step, text) : null);
    }

    private static StepOutcome? Place(Turn turn, ChooseStep step, string text, IReadOnlyList<Choice> offered)
    {
        if (step.Places is not { } slot || turn.PlacesIn(text) is not { Count: > 0 } found)
        {
            return null;
        }

        // «Tlalpan, pero no el centro»: the borough's own name says more than that of a place elsewhere.
        if (FieldAnswer.Options(turn, step, text, loosely: false) is [var named] && !found.Any(place => place.Borough == named.Value))
        {
            return null;
        }

        if (turn.Slots[slot] is null || turn.Top.Again)
        {
            turn.Slots.Replace(slot, found[0].Name);
        }

        var values = new Dictionary<string, string> { ["value"] = found[0].Name };
        var choices = offered.Where(choice => found.Any(place => place.Borough == choice.Value)).ToList();
        if (choices is not [var only])
        {
            return step.Ask(turn, turn.Text("common.place_several", values), choices);
        }

        turn.Slots.Fill(LikelySlot, only.Value);
        values["name"] = only.Label;
        return step.Ask(turn, turn.Text("common.place_one", values), choices);
    }

    // «La Gustavo A. Madero pues, para que me entienda»: a sentence that holds the name of one option.
    private static StepOutcome? Whole(Turn turn, ChooseStep step, string text, IReadOnlyList<Choice> offered) =>
        step.Tells is not null && text.Count(letter => letter == ' ') < MostWordsAroundOption
            && !turn.Words.Negates(TextFold.Fold(text)) && !turn.Asks(text)
            && (step.Places is not null || turn.PlacesIn(text).Count == 0) && !IsTalk(turn, text)
            && FieldAnswer.Options(turn, step, text, loosely: false) is [var only] && offered.Any(choice => choice.Value == only.Value)
            ? step.Take(turn, only)
            : null;

    private static bool IsTalk(Turn turn, string text) =>
        turn.IntentOf(text) is { IsLikely: true } intent && IntentNames.Group(intent.Name) is not (IntentNames.Tells or IntentNames.Answer);

    // Only where the words name the option and nothing else: a sentence may hold it by chance.
    private static StepOutcome? Named(Turn turn, ChooseStep at, string text)
    {
        if (int.TryParse(text, out _) || turn.Words.Negates(TextFold.Fold(text)) || (at.Progress is null && (at.TakesOtherwise(text) || !turn.HasDraft)))
        {
            return null;
        }

        foreach (var (frame, step) in FormQuestions.QuestionsOf(turn).Where(found => found.Step is ChooseStep && found.Step.Fills != at.Fills))
        {
            if (ChoiceList.Named(text, step.Choices.In(turn.Language), turn.Words) is not { GoTo: null, Value.Length: > 0 } choice)
            {
                continue;
            }

            if (turn.Slots[step.Fills!] is { } value)
            {
                return value == choice.Value ? turn.AskAgain() : FormQuestions.GoBack(turn, frame, step);
            }

            if (turn.Applies(step))
            {
                return FieldAnswer.Note(turn, step, choice.Value, choice.Label);
            }
        }

        return null;
    }

    // «El tema está mal», «todo bien menos la colonia, es la Buenos Aires»: what can't be changed at once is asked again.
    private static StepOutcome? Correct(Turn turn, WaitingStep at, string text)
    {
        if (FieldAnswer.Fix(turn, at, text) is { } done)
        {
            return done;
        }

        var folded = TextFold.Fold(text);
        var answered = FormQuestions.AnsweredBeside(turn, at);
        IEnumerable<(int Frame, WaitingStep Step)> meant =
        [
            .. answered.Where(found => NamesOther(turn, found.Step, folded, name => name.Contains(' '))),
            .. turn.PlacesIn(text).Count == 0 ? [] : answered.Where(found => found.Step is AskStep { IsShort: true }),
            .. answered.Where(found => FormQuestions.IsNamedIn(turn, folded, found.Step)),
        ];
        if (meant.FirstOrDefault() is not { Step: { } step } first)
        {
            return null;
        }

        if (step is AskStep { IsShort: false })
        {
            turn.Slots.KeepAlso(text);
        }

        return FormQuestions.GoBack(turn, first.Frame, step);
    }

    // «Es en el cerro del Judío», before it was asked where: the place is kept for its question.
    private static StepOutcome? LaterPlace(Turn turn, ChooseStep at, string text)
    {
        var asks = FormQuestions.QuestionsOf(turn).Select(found => found.Step).OfType<ChooseStep>().FirstOrDefault(step => step.Places is not null);
        return asks?.Places is { } slot && at.Progress <= asks.Progress
            && turn.Slots[slot] is null && turn.Slots[asks.Fills!] is null
            && text.Count(letter => letter == ' ') < MostWordsAroundPlace && turn.PlacesIn(text) is { Count: > 0 } found
            && turn.Dialog.Steps.OfType<WaitingStep>().FirstOrDefault(step => step.Fills == slot) is { Name: not null } place
            ? FieldAnswer.Note(turn, place, found[0].Name)
            : null;
    }

    // «Esa no, es Tláhuac», where a name was asked for: another option of a question that was answered.
    private static StepOutcome? OtherOption(Turn turn, WaitingStep at, string text)
    {
        var folded = TextFold.Fold(text);
        var (frame, step) = FormQuestions.AnsweredBeside(turn, at).FirstOrDefault(found => NamesOther(turn, found.Step, folded, _ => true));
        return step is null ? null : FormQuestions.GoBack(turn, frame, step);
    }

    // Whether a text names another option than the one that was chosen.
    private static bool NamesOther(Turn turn, WaitingStep step, string folded, Func<string, bool> counts) => step is ChooseStep
        && step.Choices.In(turn.Language)
            .Any(choice => choice.Value != turn.Slots[step.Fills!] && choice.Names.Any(name => counts(name) && FormQuestions.Has(folded, name)));
}
