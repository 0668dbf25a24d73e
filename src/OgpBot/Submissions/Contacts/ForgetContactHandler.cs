using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Submissions.Own;

namespace OgpBot.Submissions.Contacts;

/// <summary>Erases the contact data of the open submission, or of all that were filed in this conversation with <c>with: {which: all}</c>.</summary>
internal sealed class ForgetContactHandler(OwnSubmissions own) : ICallHandler
{
    public CallContract Contract { get; } = new("submissions.forget_contact", ["forgotten", "none"], []);

    public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var all = call.With.GetValueOrDefault("which") == "all";
        var folios = all
            ? [.. (await own.OfAsync(context.CitizenId, cancellationToken)).Select(submission => submission.Folio)]
            : new List<string> { call.Slots[OwnSubmissions.Open] };
        var found = new List<OwnSubmission>();
        foreach (var folio in folios)
        {
            found.Add(await own.ReadAsync(folio, cancellationToken));
        }

        found.RemoveAll(submission => submission.Contact is null);
        return new CallAnswer(new CallResult(found.Count > 0 ? "forgotten" : "none"))
        {
            Changes = [.. found.Select(submission => ContactErasure.Delete(submission.Submission.Id))],
            Forgets = [.. found.SelectMany(submission => ContactErasure.Words(submission, context))],
        };
    }
}
