using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Own;

/// <summary>
/// The submissions that a conversation may open: those that were filed in it, and one whose folio and key were given. Which one is open is told by a
/// slot that nothing but the handlers of this room fills.
/// </summary>
public sealed class OwnSubmissions(IDbContextFactory<OgpBotDb> databases)
{
    /// <summary>The slot with the folio of the open submission.</summary>
    internal const string Open = "mine_folio";

    /// <summary>Those of a citizen, the newest first.</summary>
    internal async Task<IReadOnlyList<Submission>> OfAsync(string citizenId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Submission>().AsNoTracking().Where(submission => submission.CitizenId == citizenId)
            .OrderByDescending(submission => submission.Id).ToListAsync(cancellationToken);
    }

    /// <summary>The open one, with contact data and earlier versions.</summary>
    internal Task<OwnSubmission> OpenAsync(Call call, CancellationToken cancellationToken) => ReadAsync(call.Slots[Open], cancellationToken);

    internal async Task<OwnSubmission> ReadAsync(string folio, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var submission = await database.Set<Submission>().AsNoTracking().SingleAsync(submission => submission.Folio == folio, cancellationToken);
        return new OwnSubmission(
            submission,
            await database.Set<Contact>().AsNoTracking().SingleOrDefaultAsync(contact => contact.SubmissionId == submission.Id, cancellationToken),
            await database.Set<SubmissionVersion>().AsNoTracking().Where(version => version.SubmissionId == submission.Id)
                .OrderBy(version => version.Number).ToListAsync(cancellationToken))
        {
            Decision = await database.Set<Decision>().AsNoTracking().Where(decision => decision.SubmissionId == submission.Id && decision.PublishedAt != null)
                .OrderByDescending(decision => decision.At).ThenByDescending(decision => decision.Id).FirstOrDefaultAsync(cancellationToken),
            Messages = await database.Set<ReviewMessage>().AsNoTracking().Where(message => message.SubmissionId == submission.Id)
                .OrderBy(message => message.At).ThenBy(message => message.Id).ToListAsync(cancellationToken),
        };
    }

    internal async Task<bool> ExistsAsync(string folio, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<Submission>().AnyAsync(submission => submission.Folio == folio, cancellationToken);
    }

    /// <summary>Whether so many wrong keys were given for a folio that any must wait for the next hour.</summary>
    internal async Task<bool> IsLockedAsync(string folio, long hour, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Set<KeyTries>().AnyAsync(tries => tries.Folio == folio && tries.Hour == hour && tries.Wrong >= KeyTries.MostPerHour, cancellationToken);
    }
}

/// <summary>A submission with all that belongs to it.</summary>
internal sealed record OwnSubmission(Submission Submission, Contact? Contact, IReadOnlyList<SubmissionVersion> Versions)
{
    /// <summary>The last move that was published; null: none yet.</summary>
    internal Decision? Decision { get; init; }

    /// <summary>What she and the reviewers wrote to each other.</summary>
    internal IReadOnlyList<ReviewMessage> Messages { get; init; } = [];

    /// <summary>Whether it may still be corrected and withdrawn: its review has not begun, or a change was asked for.</summary>
    internal bool IsOpen => CitizenMove.IsAllowed(Submission.ReviewState);

    /// <summary>Whether she may write to the reviewers: they told her something, and she did not withdraw it.</summary>
    internal bool MayReply => Submission.ToldState != ReviewState.Withdrawn && (Decision is not null || Messages.Count > 0);
}
