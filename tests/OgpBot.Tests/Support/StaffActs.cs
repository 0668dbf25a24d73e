using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Staff.Notices;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Review;

namespace OgpBot.Tests.Support;

/// <summary>Writes what the desk writes when staff decide, publish and write to a citizen; then the notices that wait are sent.</summary>
internal static partial class StaffActs
{
    internal const string Staff = "staff-1";

    /// <param name="act"><c>decide</c>, <c>message</c>, or <c>notices</c> for nothing new.</param>
    /// <param name="what">Such as <c>needs_changes place "¿Dónde?"</c>.</param>
    internal static async Task DoAsync(TestHost host, string act, string what)
    {
        var words = Quoted().Match(what) is { Success: true } quoted ? quoted.Groups["words"].Value : null;
        if (act == "decide")
        {
            var names = Quoted().Replace(what, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var to = Enum.GetValues<ReviewState>().Single(state => ReviewStates.Code(state) == names[0]);
            await DecideAsync(host, to, names.ElementAtOrDefault(1), words);
        }
        else if (act == "message")
        {
            await WriteAsync(host, words!);
        }

        await host.Get<NoticeSender>().SendWaitingAsync(TestContext.Current.CancellationToken);
    }

    /// <returns>The id of the decision, and of its notice.</returns>
    internal static async Task<string> DecideAsync(TestHost host, ReviewState to, string? named = null, string? words = null)
    {
        var (id, now) = (host.Get<Ids>().Next(), host.Get<TimeProvider>().GetUtcNow());
        await AddAsync(host, async database =>
        {
            var submission = await LastAsync(database);
            await database.Set<Submission>().Where(row => row.Id == submission.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.ReviewState, to).SetProperty(row => row.ToldState, to).SetProperty(row => row.StateAt, now).SetProperty(row => row.AssignedTo, Staff));
            database.Add(new Decision
            {
                Id = id,
                SubmissionId = submission.Id,
                From = submission.ReviewState,
                To = to,
                Reason = to == ReviewState.DuplicateOf ? null : named,
                DuplicateOf = to == ReviewState.DuplicateOf ? named : null,
                Words = words,
                By = Staff,
                At = now,
                PublishedAt = now,
            });
            database.Add(new Notice { Id = id, SubmissionId = submission.Id, Text = $"host.notice_{ReviewStates.Code(to)}", At = now });
        });
        return id;
    }

    /// <returns>The id of the message, and of its notice.</returns>
    internal static async Task<string> WriteAsync(TestHost host, string text)
    {
        var (id, now) = (host.Get<Ids>().Next(), host.Get<TimeProvider>().GetUtcNow());
        await AddAsync(host, async database =>
        {
            var submission = await LastAsync(database);
            database.Add(new ReviewMessage { Id = id, SubmissionId = submission.Id, By = Staff, Text = text, At = now });
            database.Add(new Notice { Id = id, SubmissionId = submission.Id, Text = "host.notice_message", At = now });
        });
        return id;
    }

    private static Task AddAsync(TestHost host, Func<OgpBotDb, Task> add) => host.Get<TurnWriter>().WriteAsync(
        async session =>
        {
            await add(session.Database);
            return await session.Database.SaveChangesAsync();
        },
        TestContext.Current.CancellationToken);

    private static Task<Submission> LastAsync(OgpBotDb database) => database.Set<Submission>().AsNoTracking().OrderByDescending(submission => submission.Id).FirstAsync();

    [GeneratedRegex("\"(?<words>[^\"]*)\"")]
    private static partial Regex Quoted();
}
