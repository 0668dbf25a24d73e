using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Own;

/// <summary>Keeps what the citizen answers the reviewers of the open submission.</summary>
internal sealed class ReplyHandler(OwnSubmissions own, TimeProvider clock, Ids ids) : ICallHandler
{
    private const string Reply = "mine_reply";

    public CallContract Contract { get; } = new("submissions.reply", ["replied", "late"], []);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var found = await own.OpenAsync(call, cancellationToken);
        return found.MayReply
            ? new CallAnswer(
                new CallResult("replied"),
                new ReviewMessage { Id = ids.Next(), SubmissionId = found.Submission.Id, Text = call.Slots[Reply], At = clock.GetUtcNow() })
            : new CallResult("late");
    }
}
