using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Own;

/// <summary>Withdraws the open submission. Its contact data have served their end, and go.</summary>
internal sealed class WithdrawHandler(OwnSubmissions own, CitizenMove move, TimeProvider clock) : ICallHandler
{
    public CallContract Contract { get; } = new("submissions.withdraw", ["withdrawn", "late"], []);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var found = await own.OpenAsync(call, cancellationToken);
        return found.IsOpen
            ? new CallAnswer(new CallResult("withdrawn"))
            {
                Changes = [database => WithdrawAsync(database, found.Submission.Id), ContactErasure.Delete(found.Submission.Id)],
                Forgets = [.. ContactErasure.Words(found, context)],
            }
            : new CallResult("late");
    }

    private async Task WithdrawAsync(DbContext database, string id)
    {
        var now = clock.GetUtcNow();
        await move.ApplyAsync(database, await CitizenMove.ReadAsync(database, id), ReviewState.Withdrawn);
        await database.Set<Submission>().Where(submission => submission.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(submission => submission.WithdrawnAt, now));
    }
}
