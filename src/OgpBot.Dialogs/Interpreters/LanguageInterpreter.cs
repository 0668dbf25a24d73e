using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs.Interpreters;

/// <summary>
/// Changes the language. The name of a language alone («english», «en español») changes it at once.
/// A message in another of our languages is answered by an offer to change, once in a conversation.
/// The message is kept, and taken up in the language that the citizen chooses.
/// </summary>
internal sealed class LanguageInterpreter : IInterpreter
{
    private const string OfferDialog = "language-offer";
    private const string OfferedSlot = "language_offered";

    // Fewer words may be a name or a slip, unless no word is of her own language.
    private const int FewestWords = 3;

    // Who asks for a language may say why.
    private const int MostBeside = 10;

    public StepOutcome? Interpret(Turn turn, string text)
    {
        var folded = TextFold.Fold(text);
        if (folded.Length == 0 || DialogEngine.LengthOf(text) > DialogEngine.LongestText || turn.Step is not WaitingStep { Fills: not "language_choice" } step)
        {
            return null;
        }

        var asked = turn.Library.LanguageNamed(folded)
            ?? (step is ChooseStep ? turn.Library.LanguageAskedFor(turn.Words.WordsIn(text), MostBeside, turn.Words) : null);
        if (asked is { } named && (named != turn.Language || step is ChooseStep))
        {
            turn.Slots.Fill(DialogEngine.LanguageSlot, named);
            turn.Say(turn.Text("language.changed"));
            return turn.Step.Enter(turn);
        }

        return turn.Library.Texts.Keys.Where(language => language != turn.Language).Any(language => IsIn(turn, folded, language)) ? Offer(turn, text) : null;
    }

    /// <summary>Offers to go on in another language, once in a conversation.</summary>
    internal static StepOutcome.CallDialog? Offer(Turn turn, string text)
    {
        if (turn.Slots[OfferedSlot] is not null || !turn.Library.Dialogs.ContainsKey(OfferDialog) || turn.Stack.Count >= DialogEngine.MostFrames)
        {
            return null;
        }

        turn.Slots.Fill(OfferedSlot, "yes");
        turn.Slots.Fill(DialogEngine.SaidSlot, text.Trim());
        return new StepOutcome.CallDialog(OfferDialog, Digression: true);
    }

    private static bool IsIn(Turn turn, string folded, string language)
    {
        var (words, own, other) = (folded.Split(' ').Length, turn.Words.FunctionWordsIn(folded), turn.Library.AnswerWordsOf(language).FunctionWordsIn(folded));
        return (other >= FewestWords && other > 2 * own) || (own == 0 && other >= Math.Min(2, words) && 3 * other >= words);
    }
}
