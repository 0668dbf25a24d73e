using OgpBot.Calls;
using OgpBot.Criteria;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Archive.Answers;

/// <summary>
/// Answers a citizen's question in the chat. A short one that finds nothing may go on with the one before («¿y la segunda?»), so both are tried together.
/// What stays open is noted for staff.
/// </summary>
internal sealed class AskHandler(AnswerPipeline pipeline, ArchiveReader reader, OpenQuestions open) : ICallHandler
{
    internal const string Asked = "question";
    internal const string Before = "question_before";

    // More words than these stand alone.
    private const int LongestFollowUp = 6;

    public CallContract Contract { get; } = new("archive.ask", ["answered", "not_answered"], ["answer_text", "answer_passages", Before]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var question = call.Slots[Asked];
        var answer = pipeline.Answer(question, call.Language);
        if (answer.Status == AnswerStatus.NotFound && call.Slots.GetValueOrDefault(Before) is { Length: > 0 } before && question.Split(' ').Length <= LongestFollowUp)
        {
            var together = $"{before} {question}";
            var followed = pipeline.Answer(together, call.Language);
            (question, answer) = followed.Abstained ? (question, answer) : (together, followed);
        }

        var result = new CallResult(answer.Abstained ? "not_answered" : "answered")
        {
            Values = new Dictionary<string, string>
            {
                ["answer_text"] = answer.Text,
                ["answer_passages"] = string.Join("\n\n", answer.Citations.Select(reader.WholeOf)),
                [Before] = question.Length <= AnswerPipeline.LongestQuestion ? question : call.Slots[Asked],
            },
        };
        return ValueTask.FromResult(answer.Status == AnswerStatus.NotFound ? new CallAnswer(result, open.Of(call.Slots[Asked], call.Language, "not_found")) : result);
    }
}

/// <summary>Notes that an answer did not help.</summary>
internal sealed class MissHandler(OpenQuestions open) : ICallHandler
{
    public CallContract Contract { get; } = new("archive.miss", ["noted"], []);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new CallAnswer(new CallResult("noted"), open.Of(call.Slots.GetValueOrDefault(AskHandler.Before, ""), call.Language, "not_helpful")));
}

/// <summary>Makes the notes of open questions.</summary>
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
