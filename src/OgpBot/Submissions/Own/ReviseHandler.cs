using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Own;

/// <summary>Corrects the open submission by the slots <c>new_…</c> that are filled, an empty one emptying its field. How it stood before is kept.</summary>
internal sealed class ReviseHandler(OwnSubmissions own, Lazy<DialogLibrary> library, TimeProvider clock) : ICallHandler
{
    public CallContract Contract { get; } = new("submissions.revise", ["revised", "late"], []);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var found = await own.OpenAsync(call, cancellationToken);
        return found.IsOpen
            ? new CallAnswer(new CallResult("revised")) { Changes = [database => ReviseAsync(database, found.Submission.Id, call.Slots)] }
            : new CallResult("late");
    }

    private async Task ReviseAsync(DbContext database, string id, IReadOnlyDictionary<string, string> slots)
    {
        var now = clock.GetUtcNow();
        var submission = await database.Set<Submission>().AsNoTracking().SingleAsync(submission => submission.Id == id);
        if (submission.ReviewState != ReviewState.Received)
        {
            throw new DbUpdateException("The review has begun meanwhile.");
        }

        string? New(string field, string? before) => slots.TryGetValue(Form.New + field, out var value) ? value.Length > 0 ? value : null : before;
        var earlier = await database.Set<SubmissionVersion>().CountAsync(version => version.SubmissionId == id);
        database.Add(SubmissionVersion.Of(submission, earlier + 1, now));
        await database.SaveChangesAsync();

        // Where the scope is told anew, so is what belongs to it.
        var moved = slots.ContainsKey("new_scope");
        var (axis, scope) = (New("axis", submission.Axis), New("scope", submission.Scope)!);
        axis = library.Value.Consultation.Axes.Any(known => known.Id == axis) ? axis : null;
        var (borough, place) = (New("borough", moved ? null : submission.Borough), New("place", moved ? null : submission.Place));
        var (problem, proposal) = (New("problem", submission.Problem)!, New("proposal", submission.Proposal));
        var ownBefore = OwnFields.Read(submission.OwnFields);
        var ownFields = OwnFields.Write(OwnFields.InRecord(library.Value), field => New(field.Slot, ownBefore.GetValueOrDefault(field.Slot)));
        var checks = Checked(Checked(submission.Checks, "problem", slots), "proposal", slots);
        await database.Set<Submission>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Axis, axis).SetProperty(row => row.Scope, scope).SetProperty(row => row.Borough, borough).SetProperty(row => row.Place, place)
            .SetProperty(row => row.Problem, problem).SetProperty(row => row.Proposal, proposal).SetProperty(row => row.Checks, checks)
            .SetProperty(row => row.OwnFields, ownFields)
            .SetProperty(row => row.CorrectedAt, now));
    }

    private static string? Checked(string? checks, string text, IReadOnlyDictionary<string, string> slots) => slots.ContainsKey($"new_{text}")
        ? ReviewMarks.Corrected(checks, text, slots.GetValueOrDefault("checks"), $"new_{text}")
        : checks;
}
