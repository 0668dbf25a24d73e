using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Submissions.Own;

namespace OgpBot.Submissions.Contacts;

/// <summary>Contact data go from their table, and from all that was said: by who filed the submission, and by who opened it elsewhere with its key.</summary>
internal static class ContactErasure
{
    internal static Func<DbContext, Task> Delete(string submissionId) => database =>
        database.Set<Contact>().Where(contact => contact.SubmissionId == submissionId).ExecuteDeleteAsync();

    internal static IEnumerable<Forgotten> Words(OwnSubmission own, CallContext context) => Words(own.Contact)
        .SelectMany(words => new[] { own.Submission.CitizenId, context.CitizenId }.Distinct().Select(citizen => new Forgotten(citizen, words)));

    private static IEnumerable<string> Words(Contact? contact) => contact?.Values ?? [];
}
