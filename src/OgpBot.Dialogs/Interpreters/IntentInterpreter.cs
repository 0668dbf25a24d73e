using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// What is none of the words and phrases of the data is recognised by its likeness to examples (<c>intents.LANG.yaml</c>). An option, a command or a text is then
/// found by the intent's name. Where a free text is asked for the likeness must be greater: all else may be that text.
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
            // It asks something about this chat, and what is not clear: that is said, and a question is nothing to keep apart.
            return step is ChooseStep && turn.HasDraft && intent.IsLikely && IntentNames.Group(intent.Name) == "about" && turn.Words.WordsIn(text).Length > FewWords ? Say(turn, "question.aside_unknown") : null;
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
            ("about" or "chat", _) when intent.Name != IntentNames.OtherLanguage || step is not AskStep { IsShort: false } => Say(turn, intent.Name),
            ("command", AskStep) when intent.Name == IntentNames.Fix => FieldAnswer.Fix(turn, step, intent.Tells, text),
            ("command", _) when intent.Name == IntentNames.Fix => FieldAnswer.Fix(turn, step, intent.Tells, text) ?? FieldAnswer.Early(turn, step, intent.Tells, text) ?? AskWhatToFix(turn, text),
            ("command", _) => CommandInterpreter.Do(turn, intent.Name) ?? Unfit(turn, intent.Name),
            (IntentNames.Archive or IntentNames.Danger, _) when step is not AskStep => QuestionInterpreter.Aside(turn, step, text),
            ("language", _) => turn.Language == intent.Name.Split('.')[1] ? null : LanguageInterpreter.Offer(turn, text),
            (IntentNames.Tells, AskStep { IsShort: false }) => FieldAnswer.Beside(turn, step, intent.Name, text),
            (IntentNames.Tells, _) => FieldAnswer.Take(turn, step, intent.Name, text) ?? Closest(turn, step, intent.Name),
            ("answer", ChooseStep { Progress: not null, Fills: not null }) => Closest(turn, step, intent.Name),
            _ => null,
        };
    }

    // Where a text is asked for, only what the form asks for: a folio or a name is what it is.
    private static bool Listens(Turn turn, WaitingStep step, string text) => step switch
    {
        AskStep => step.Tells is not null && DialogEngine.LengthOf(text) <= LongestInText,
        ChooseStep choose => DialogEngine.LengthOf(text) <= LongestHeard && !choose.Holds(turn, text) && ChoiceList.Fitting(text, step.Offered(turn), turn.Words).Count == 0,
        _ => false,
    };

    // A word or two are like many an example, and a wrong fact or act is worse than none.
    private static bool IsSure(Turn turn, WaitingStep step, Intent intent, string text)
    {
        // An option that means it makes it likelier.
        if (step is ChooseStep && step.Offered(turn).Any(choice => choice.Intents.Contains(intent.Name)))
        {
            return intent.Confidence >= SureOfOption;
        }

        var words = turn.Words.WordsIn(text).Length;
        var least = words <= FewWords ? SureOfWord : (step is AskStep && !turn.Library.IsQuestion(text, turn.Language)) ? Sure : IntentNames.Group(intent.Name) switch { "about" => SureOfFact, "answer" or "command" => SureOfAct, _ => 0 };
        return intent.IsLikely && intent.Confidence >= least;
    }

    private static StepOutcome Say(Turn turn, string key)
    {
        turn.SayHeard(key);
        return turn.AskAgain();
    }

    private static StepOutcome? AskWhatToFix(Turn turn, string text)
    {
        turn.Fill(DialogEngine.SaidSlot, text.Trim());
        return CommandInterpreter.Do(turn, IntentNames.Fix);
    }

    // What can't be done here is told.
    private static StepOutcome? Unfit(Turn turn, string intent)
    {
        var key = $"unfit.{intent.Split('.')[1]}";
        return turn.HasText(key) ? Say(turn, key) : null;
    }

    // She answers, and no option is named.
    private static StepOutcome? Closest(Turn turn, WaitingStep step, string intent) =>
        turn.Misses++ == 0 && step is ChooseStep { Fills: not null, Progress: not null } choose && (choose.Tells == intent || intent.StartsWith("answer.", StringComparison.Ordinal)) ? Say(turn, "common.closest") : null;
}
