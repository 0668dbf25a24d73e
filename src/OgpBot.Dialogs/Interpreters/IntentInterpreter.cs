using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Recognises what is worded like none of the data's phrases, by its likeness to examples (<c>intents.LANG.yaml</c>).
/// The intent's name leads to an option, a command or a text. The limits are confidences from 0 to 1.
/// Where a free text is asked for they are higher, because the words may be that text.
/// </summary>
internal sealed class IntentInterpreter : IInterpreter
{
    private const double Sure = 0.5;
    private const double SureOfOption = 0.35;
    private const double SureOfWord = 0.75;
    private const double SureOfFact = 0.33;
    private const double SureOfAct = 0.45;
    private const int FewWords = 2;
    private const int LongestHeard = 200;
    private const int LongestInText = 100;

    public StepOutcome? Interpret(Turn turn, string text)
    {
        if (turn.Step is not WaitingStep step || !Listens(turn, step, text) || turn.IntentOf(text) is not { } intent)
        {
            return null;
        }

        if (!IsSure(turn, step, intent, text))
        {
            // A question about this chat, but which one is not clear. The bot says so.
            return step is ChooseStep && turn.HasDraft && intent.IsLikely && IntentNames.Group(intent.Name) == IntentNames.About
                && turn.Words.WordsIn(text).Length > FewWords ? turn.AnswerBy("question.aside_unknown") : null;
        }

        if (intent.Name == IntentNames.Contact && FieldAnswer.Contact(turn, step, text) is { } contact)
        {
            return contact;
        }

        if (step.Offered(turn).FirstOrDefault(choice => choice.Intents.Contains(intent.Name)) is { } chosen)
        {
            return step.Take(turn, chosen);
        }

        return (IntentNames.Group(intent.Name), step) switch
        {
            (IntentNames.About or IntentNames.Chat, _) when intent.Name != IntentNames.OtherLanguage || step is not AskStep { IsShort: false } =>
                turn.AnswerBy(intent.Name),
            (IntentNames.Command, AskStep) when intent.Name == IntentNames.Fix => FieldAnswer.Fix(turn, step, text),
            (IntentNames.Command, _) when intent.Name == IntentNames.Fix =>
                FieldAnswer.Fix(turn, step, text) ?? FieldAnswer.Early(turn, step, text) ?? AskWhatToFix(turn, text),
            (IntentNames.Command, _) => CommandInterpreter.Do(turn, intent.Name) ?? Unfit(turn, intent.Name),
            (IntentNames.Archive or IntentNames.Danger, _) when step is not AskStep => QuestionInterpreter.Aside(turn, step, text),
            ("language", _) => turn.Language == intent.Name.Split('.')[1] ? null : LanguageInterpreter.Offer(turn, text),
            (IntentNames.Tells, AskStep { IsShort: false }) => FieldAnswer.Beside(turn, step, intent.Name, text),
            (IntentNames.Tells, _) => FieldAnswer.Take(turn, step, intent.Name, text) ?? Closest(turn, step, intent.Name),
            (IntentNames.Answer, ChooseStep { Progress: not null, Fills: not null }) => Closest(turn, step, intent.Name),
            _ => null,
        };
    }

    // Where a text is asked for, only what the form asks for: a folio or a name is what it is.
    private static bool Listens(Turn turn, WaitingStep step, string text) => step switch
    {
        AskStep => step.Tells is not null && DialogEngine.LengthOf(text) <= LongestInText,
        ChooseStep choose => DialogEngine.LengthOf(text) <= LongestHeard && !choose.Holds(turn, text)
            && ChoiceList.Fitting(text, step.Offered(turn), turn.Words).Count == 0,
        _ => false,
    };

    // A word or two are like many examples. A wrong fact or act is worse than none.
    private static bool IsSure(Turn turn, WaitingStep step, Intent intent, string text)
    {
        // An option that means it makes it likelier.
        if (step is ChooseStep && step.Offered(turn).Any(choice => choice.Intents.Contains(intent.Name)))
        {
            return intent.Confidence >= SureOfOption;
        }

        var words = turn.Words.WordsIn(text).Length;
        var least = words <= FewWords ? SureOfWord
            : step is AskStep && !turn.Library.IsQuestion(text, turn.Language) ? Sure
            : IntentNames.Group(intent.Name) switch { IntentNames.About => SureOfFact, IntentNames.Answer or IntentNames.Command => SureOfAct, _ => 0 };
        return intent.IsLikely && intent.Confidence >= least;
    }

    private static StepOutcome? AskWhatToFix(Turn turn, string text)
    {
        turn.Slots.Fill(DialogEngine.SaidSlot, text.Trim());
        return CommandInterpreter.Do(turn, IntentNames.Fix);
    }

    // What cannot be done here is told.
    private static StepOutcome? Unfit(Turn turn, string intent)
    {
        var key = $"unfit.{intent.Split('.')[1]}";
        return turn.HasText(key) ? turn.AnswerBy(key) : null;
    }

    // She answers, and no option is named.
    private static StepOutcome? Closest(Turn turn, WaitingStep step, string intent) =>
        turn.Misses++ == 0 && step is ChooseStep { Fills: not null, Progress: not null }
            && (step.Tells == intent || IntentNames.Group(intent) == IntentNames.Answer)
            ? turn.AnswerBy("common.closest")
            : null;
}
