using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Own;

/// <summary>Corrects the open submission by the slots <c>new_…</c> that are filled, an empty one emptying its field. How it stood before is kept.</summary>
internal sealed class ReviseHandler(OwnSubmissions own, Lazy<DialogLibrary> library, CitizenMove move, TimeProvider clock) : ICallHandler
{
    public CallContract Contract { get; } = new("submissions.revise", ["revised", "returned", "late"], [ShowHandler.State]);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var found = await own.OpenAsync(call, cancellationToken);
        var isReceived = found.Submission.ReviewState == ReviewState.Received;
        var result = new CallResult(found.Submission.ToldState == ReviewState.NeedsChanges ? "returned" : "revised")
        {
            Values = new Dictionary<string, string> { [ShowHandler.State] = ShowHandler.StateOf(isReceived, found.MayReply) },
        };
        return found.IsOpen
            ? new CallAnswer(result) { Changes = [database => ReviseAsync(database, found.Submission.Id, call.Slots)] }
            : new CallResult("late");
    }

    private async Task ReviseAsync(DbContext database, string id, IReadOnlyDictionary<string, string> slots)
    {
        var now = clock.GetUtcNow();
        var submission = await CitizenMove.ReadAsync(database, id);
        var earlier = await database.Set<SubmissionVersion>().CountAsync(version => version.SubmissionId == id);
        database.Add(SubmissionVersion.Of(submission, earlier + 1, now));
        await database.SaveChangesAsync();

        var before = FieldValues.Of(submission, null);
        string? New(FormField field) => slots.TryGetValue(Form.New + field.Slot, out var value) ? Kept(field, value) : IsMoved(field, slots) ? null : before(field);
        var ownFields = FieldValues.WriteOwn(library.Value, FieldStore.Submission, New);
        var checks = slots.GetValueOrDefault("checks");
        var marks = library.Value.Form.Fields.Where(field => field.Checked && slots.ContainsKey(Form.New + field.Slot))
            .Aggregate(submission.Checks, (found, field) => ReviewMarks.Corrected(found, field.Slot, checks, Form.New + field.Slot));
        await database.Set<Submission>().Where(row => row.Id == id).ExecuteUpdateAsync(set =>
        {
            foreach (var field in library.Value.Form.Fields.Where(field => field.Corrected && FieldValues.PropertyOf(field) is not null))
            {
                var (property, value) = (FieldValues.PropertyOf(field)!, New(field));
                set.SetProperty(row => EF.Property<string?>(row, property), value);
            }

            set.SetProperty(row => row.OwnFields, ownFields).SetProperty(row => row.Checks, marks).SetProperty(row => row.CorrectedAt, now);
        });
        if (submission.ReviewState == ReviewState.NeedsChanges)
        {
            await move.ApplyAsync(database, submission, ReviewState.InReview);
        }
    }

    // An axis that is not of the consultation means «not sure».
    private string? Kept(FormField field, string value) =>
        value.Length > 0 && (field.Slot != "axis" || library.Value.Consultation.Axes.Any(axis => axis.Id == value)) ? value : null;

    // Where the scope is told anew, so is what belongs to it.
    private static bool IsMoved(FormField field, IReadOnlyDictionary<string, string> slots) => field.Slot is "borough" or "place" && slots.ContainsKey("new_scope");
}
