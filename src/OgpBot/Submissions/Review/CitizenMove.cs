using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;

namespace OgpBot.Submissions.Review;

/// <summary>A move that the citizen makes herself. She knows of it, so it is published at once and needs no notice.</summary>
internal sealed class CitizenMove(TimeProvider clock, Ids ids)
{
    /// <summary>Whether she may correct and withdraw: nobody reviews it now.</summary>
    internal static bool IsAllowed(ReviewState from) => from is ReviewState.Received or ReviewState.NeedsChanges;

    /// <summary>The submission as it is in the transaction of the turn.</summary>
    /// <exception cref="DbUpdateException">She may not change it any more; the turn runs again.</exception>
    internal static async Task<Submission> ReadAsync(DbContext database, string id)
    {
        var submission = await database.Set<Submission>().AsNoTracking().SingleAsync(submission => submission.Id == id);
        return IsAllowed(submission.ReviewState) ? submission : throw new DbUpdateException("The review has begun meanwhile.");
    }

    /// <summary>Moves it. It stays assigned to whom it is assigned.</summary>
    internal async Task ApplyAsync(DbContext database, Submission submission, ReviewState to)
    {
        var now = clock.GetUtcNow();
        await database.Set<Submission>().Where(row => row.Id == submission.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.ReviewState, to).SetProperty(row => row.ToldState, to).SetProperty(row => row.StateAt, now));
        database.Add(new Decision { Id = ids.Next(), SubmissionId = submission.Id, From = submission.ReviewState, To = to, At = now, PublishedAt = now });
        await database.SaveChangesAsync();
    }
}
