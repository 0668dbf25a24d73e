using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Answers;

/// <summary>
/// Whether what was said in the middle of a form is a question to the archive, and its answer. Words that have not the form of a question must speak of
/// the process too. So must a text that could be the free text that is waited for (<c>said_to</c>): a problem may end with a question mark.
/// </summary>
internal sealed class SideQuestionHandler(Lazy<DialogLibrary> library, AnswerPipeline pipeline, ArchiveIndex index) : ICallHandler
{
    // In the middle of a form a wrong answer is worse than none: below this it is said that it is not known here.
    private const double Sure = 0.7;

    private const string ProcessWords = "words.process";

    internal static IEnumerable<string> TextKeys => [ProcessWords];

    public CallContract Contract { get; } = new("archive.aside", ["answered", "not_answered", "no_question"], ["answer_text"]);

    public Task WhenReadyAsync() => index.WhenReadyAsync();

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
