using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>
/// Whether what was said beside a step is a question that the archive answers. Where it is long enough to be the free text that is waited for (<c>said_to</c>) it must speak of the process too,
/// for a problem may well end with a question mark and is never taken for a question; so must words that have not the form of one.
/// </summary>
internal sealed class AsideHandler(Lazy<DialogLibrary> library, AnswerPipeline pipeline) : ICallHandler
{
    // In the middle of a form a wrong answer is worse than none: below this it is said that it is not known here.
    private const double Sure = 0.7;

    private const string ProcessWords = "words.process";

    internal static IEnumerable<string> TextKeys => [ProcessWords];

    public CallContract Contract { get; } = new("archive.aside", ["answered", "not_answered", "no_question"], ["answer_text"]);

    public Task WhenReadyAsync() => pipeline.WhenReadyAsync();

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var said = call.Slots.GetValueOrDefault(DialogEngine.SaidSlot, "");
        var asks = library.Value.IsQuestion(said, call.Language);
        if ((!asks || call.Slots.GetValueOrDefault(DialogEngine.SaidToSlot) == DialogEngine.SaidToText) && !SpeaksOfProcess(said, call.Language))
        {
            return ValueTask.FromResult<CallAnswer>(new CallResult("no_question"));
        }

        // What is like talk or a question on the chat itself is none for the archive, whose answer would be beside the point.
        if (library.Value.IntentOf(said, call.Language) is { IsLikely: true, Name: not IntentNames.Archive })
        {
            return ValueTask.FromResult<CallAnswer>(new CallResult(asks ? "not_answered" : "no_question"));
        }

        var answer = pipeline.Answer(said, call.Language, most: 1);
        var outcome = !answer.Abstained && answer.Fit >= Sure ? "answered" : asks ? "not_answered" : "no_question";
        return ValueTask.FromResult<CallAnswer>(new CallResult(outcome) { Values = new Dictionary<string, string> { ["answer_text"] = answer.Text } });
    }

    private bool SpeaksOfProcess(string said, string language)
    {
        var folded = $" {TextFold.Fold(said)} ";
        return library.Value.Texts[language].Plain(ProcessWords).Split(',').Any(word => folded.Contains($" {TextFold.Fold(word)} ", StringComparison.Ordinal));
    }
}
