using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Contacts;

namespace OgpBot.Submissions.Own;

/// <summary>What is held of a citizen's submissions. On her word contact data go, and what she filed stays in the public record as nobody's.</summary>
internal sealed class SubmissionData(OwnSubmissions own, SubmissionWords words, Lazy<DialogLibrary> library) : IPersonalData
{
    public async Task<PersonalData> TellAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var found = new List<OwnSubmission>();
        foreach (var submission in await own.OfAsync(context.CitizenId, cancellationToken))
        {
            found.Add(await own.ReadAsync(submission.Folio, cancellationToken));
        }

        return new PersonalData(
            found.Count == 0
                ? library.Value.Texts[call.Language].Plain("host.mine.held_none")
                : string.Join('\n', found.Select(submission => words.Held(submission, call.Language))),
            "submissions",
            new JsonArray([.. found.Select(words.Copy)]));
    }

    public async Task EraseAsync(DbContext database, CallContext context)
    {
        var filed = database.Set<Submission>().Where(submission => submission.CitizenId == context.CitizenId);
        await database.Set<Contact>().Where(contact => filed.Any(submission => submission.Id == contact.SubmissionId)).ExecuteDeleteAsync();
        if (!await database.Set<Citizen>().AnyAsync(citizen => citizen.Id == Citizen.Nobody))
        {
            database.Add(new Citizen { Id = Citizen.Nobody });
            await database.SaveChangesAsync();
        }

        await filed.ExecuteUpdateAsync(set => set.SetProperty(submission => submission.CitizenId, Citizen.Nobody));
    }
}
