using OgpBot.Calls;
using OgpBot.Criteria;
using OgpBot.Dialogs;
using OgpBot.Llm;
using OgpBot.Storage;

namespace OgpBot.Archive.Answers;

/// <summary>Answers a question in the chat, which may go on with the one before («¿y la segunda?»). One without an answer is noted for staff.</summary>
internal sealed class AskHandler(
    AnswerPipeline pipeline, ArchiveIndex index, ArchiveReader reader, LanguageModel model, OpenQuestions open) : ICallHandler
{
    internal const string Asked = "question";
    internal const string Before = "question_before";

    public CallContract Contract { get; } = new("archive.ask", ["answered", "not_answered"], ["answer_text", "answer_passages", Before]);

    public Task WhenReadyAsync() => index.WhenReadyAsync();

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var (question, answer) = await pipeline.AnswerAsync(
            call.Slots[Asked], call.Slots.GetValueOrDefault(Before, ""), call.Language, call.Slots, model.Begin(context.CitizenId), cancellationToken);
        var result = new CallResult(answer.Abstained ? "not_answered" : "answered")
        {
            Values = new Dictionary<string, string>
            {
                ["answer_text"] = answer.Text,
                ["answer_passages"] = string.Join("\n\n", answer.Citations.Select(reader.WholeOf)),
                [Before] = question.Length <= AnswerPipeline.LongestQuestion ? question : call.Slots[Asked],
            },
        };
        return answer.Status == AnswerStatus.NotFound ? new CallAnswer(result, open.Of(call.Slots[Asked], call.Language, "not_found")) : result;
    }
}

/// <summary>Notes for staff that the last answer did not help.</summary>
internal sealed class NotHelpfulHandler(OpenQuestions open) : ICallHandler
{
    public CallContract Contract { get; } = new("archive.miss", ["noted"], []);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new CallAnswer(
            new CallResult("noted"), open.Of(call.Slots.GetValueOrDefault(AskHandler.Before, ""), call.Language, "not_helpful")));
}

/// <summary>Makes the notes of open questions, with personal data masked.</summary>
internal sealed class OpenQuestions(Lazy<CriteriaChecks> checks, Lazy<DialogLibrary> library, Ids ids, TimeProvider clock)
{
    internal OpenQuestion Of(string question, string language, string why) => new()
    {
        Id = ids.Next(),
        Question = checks.Value.Mask(question, language),
        Language = language,
        Why = why,
        AskedOn = LocalDates.DayOf(clock.GetUtcNow(), library.Value.Consultation),
    };
}
