using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Criteria;

/// <summary>
/// What a text looks like that answers no question: a <c>problem</c>, a <c>question</c>, <c>either</c> (a question that is long enough to tell a problem), <c>unclear</c>
/// (a sentence that is like neither), or neither.
/// It only decides what is offered; the citizen says what it is. Also whether it tells <c>contact</c> data, a <c>wish</c>, a <c>topic</c> of the consultation, or nothing that one can see.
/// </summary>
public sealed class RecogniseHandler(Lazy<DialogLibrary> library, Lazy<CriteriaChecks> checks) : ICallHandler
{
    private const string SaidAs = "said_as";
    private const string SaidTells = "said_tells";
    private const string Archive = "archive";
    private const string Problem = "tells.problem";
    private const string Proposal = "tells.proposal";
    private const string Danger = "danger";

    // A text of so many words tells something, whatever it is.
    private const int WordsThatTell = 14;
    private const int FewestWords = 5;

    // The examples are sentences; more words tell more than one thing.
    private const int MostWordsLikened = 25;

    public CallContract Contract { get; } = new("criteria.recognise", ["recognised"], [SaidAs, SaidTells]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var said = call.Slots.GetValueOrDefault(DialogEngine.SaidSlot, "");
        var text = new CheckedText(said);
        var tells = text.Tokens.Count >= FewestWords && checks.Value.IsUnderstood(text);
        var asks = library.Value.IsQuestion(said, call.Language);
        var intent = text.Tokens.Count <= MostWordsLikened ? library.Value.IntentOf(said, call.Language) : null;
        var likely = intent is { IsLikely: true } ? intent.Value.Name : "";
        var saidAs = (likely, tells, asks) switch
        {
            (Archive, _, _) => "question",
            (Problem or Proposal, true, _) => "problem",
            (_, true, _) when intent is { Name: not (Problem or Proposal or Danger or Archive) } => "unclear",
            (_, true, false) => "problem",
            (_, true, true) => "either",
            (_, false, true) => "question",
            _ => "other",
        };
        return ValueTask.FromResult<CallAnswer>(new CallResult("recognised") { Values = new Dictionary<string, string> { [SaidAs] = saidAs, [SaidTells] = Tells(text, likely.Length == 0 && intent is { Name: Problem } ? Problem : likely, asks, call.Language) } });
    }

    // What a text brings to a form: her own data, a wish, a public matter, or nothing that one can see.
    private string Tells(CheckedText text, string likely, bool asks, string language) =>
        text.Tokens.Count < WordsThatTell && checks.Value.Mask(text.Text, language) != text.Text ? "contact"
        : likely == Proposal || (!asks && library.Value.IsWish(text.Text, language)) ? "wish"
        : likely == Problem || checks.Value.Axes(text).Count > 0 || text.Tokens.Count >= WordsThatTell ? "topic"
        : "";
}
