using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Handlers;

/// <summary>
/// Says what a text looks like that answers no question of ours. It may be a <c>problem</c>, a <c>question</c>, <c>either</c> (a question long enough to
/// tell a problem), <c>unclear</c> (a sentence like neither), <c>danger</c>, or <c>other</c>. It also says whether the text tells <c>contact</c> data, a
/// <c>wish</c>, a <c>topic</c> of the consultation, or nothing. This only decides what is offered; the citizen says what it is.
/// </summary>
public sealed class ClassifyTextHandler(Lazy<DialogLibrary> library, Lazy<CriteriaChecks> checks) : ICallHandler
{
    private const string SaidAs = "said_as";
    private const string SaidTells = "said_tells";
    private const string Contact = "contact";
    private const string ToldContact = "told_contact";
    private const string ToldEmail = "told_email";
    private const string ToldPhone = "told_phone";

    // A text of so many words tells something, whatever it is.
    private const int WordsThatTell = 14;
    private const int FewestWords = 5;

    // The examples are sentences; more words tell more than one thing.
    private const int MostWordsLikened = 25;

    public CallContract Contract { get; } = new("criteria.recognise", ["recognised"], [SaidAs, SaidTells, ToldContact, ToldEmail, ToldPhone]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var said = call.Slots.GetValueOrDefault(DialogEngine.SaidSlot, "");
        var text = new CheckedText(said);
        var intent = IntentOf(library.Value, text, call.Language);
        var asks = library.Value.IsQuestion(said, call.Language);
        var tells = Tells(text, intent, asks, call.Language);
        var values = new Dictionary<string, string> { [SaidAs] = As(text, intent, asks), [SaidTells] = tells };
        if (tells == Contact && intent is not { Name: IntentNames.Problem or IntentNames.Proposal or IntentNames.Danger })
        {
            AddContact(values, said);
        }

        return ValueTask.FromResult<CallAnswer>(new CallResult("recognised") { Values = values });
    }

    /// <summary>The intent whose examples a text is most like; null where it is longer than any example.</summary>
    internal static Intent? IntentOf(DialogLibrary library, CheckedText text, string language) =>
        text.Tokens.Count <= MostWordsLikened ? library.IntentOf(text.Text, language) : null;

    private string As(CheckedText text, Intent? intent, bool asks) =>
        (intent is { IsLikely: true } likely ? likely.Name : "", text.Tokens.Count >= FewestWords && checks.Value.IsUnderstood(text), asks) switch
        {
            (IntentNames.Danger, _, _) => "danger",
            (IntentNames.Archive, _, _) => "question",
            (IntentNames.Problem or IntentNames.Proposal, true, _) => "problem",
            (_, true, _) when intent is { Name: not (IntentNames.Problem or IntentNames.Proposal or IntentNames.Archive) } => "unclear",
            (_, true, false) => "problem",
            (_, true, true) => "either",
            (_, false, true) => "question",
            _ => "other",
        };

    // What a text brings to a form: her own data, a wish, a public matter, or nothing that one can see. What is most like a problem is one, however little.
    private string Tells(CheckedText text, Intent? intent, bool asks, string language)
    {
        var name = intent is { } found && (found.IsLikely || found.Name == IntentNames.Problem) ? found.Name : "";
        return text.Tokens.Count < WordsThatTell && checks.Value.Mask(text.Text, language) != text.Text ? Contact
            : name == IntentNames.Place ? ""
            : name == IntentNames.Proposal || (!asks && library.Value.IsWish(text.Text, language)) ? "wish"
            : name == IntentNames.Problem || checks.Value.Axes(text).Count > 0 || text.Tokens.Count >= WordsThatTell ? "topic"
            : "";
    }

    // Her e-mail and phone, ready for their questions.
    private void AddContact(Dictionary<string, string> values, string said)
    {
        foreach (var (slot, pattern) in new[] { (ToldEmail, "email"), (ToldPhone, "phone") })
        {
            if (checks.Value.First(pattern, said) is { } found)
            {
                values[slot] = found;
                values[ToldContact] = "given";
            }
        }
    }
}
