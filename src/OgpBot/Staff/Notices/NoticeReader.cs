using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Notices;

/// <summary>A notice with what is known of whether it came to the citizen.</summary>
/// <param name="Delivery">Null: nothing can be said of it, for it was not told, or who it was told to had herself erased.</param>
public sealed record NoticeStanding(Notice Notice, NoticeDelivery? Delivery);

/// <summary>Whether the messages of a notice came to the citizen.</summary>
public enum NoticeDelivery
{
    /// <summary>They are still to be sent.</summary>
    Pending = 0,

    /// <summary>The channel took them; on the web they wait for her in the chat.</summary>
    Delivered = 1,

    /// <summary>The channel refuses them for ever, or she blocked the bot.</summary>
    GivenUp = 2,
}

/// <summary>Reads how far notices have come.</summary>
public sealed class NoticeReader(IDbContextFactory<OgpBotDb> databases)
{
    /// <summary>The notices of a submission, in the order in which they were made.</summary>
    public async Task<IReadOnlyList<NoticeStanding>> OfAsync(string submissionId, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var notices = await database.Set<Notice>().AsNoTracking().Where(notice => notice.SubmissionId == submissionId)
            .OrderBy(notice => notice.At).ThenBy(notice => notice.Id)
            .Select(notice => new
            {
                Notice = notice,
                IsDone = database.Set<ActivityRow>()
                    .Any(told => told.ConversationId == notice.ConversationId && told.Seq == notice.Seq && told.DoneAt != null),
                Replies = database.Set<ActivityRow>()
                    .Where(reply => reply.ConversationId == notice.ConversationId && reply.ReplyTo == notice.Seq).Select(reply => reply.Delivery).ToList(),
            })
            .ToListAsync(cancellationToken);
        return [.. notices.Select(found => new NoticeStanding(found.Notice, found.Notice.Seq is null ? null : Of(found.IsDone, found.Replies)))];
    }

    // Joins and no subqueries: for those the database would number all conversations there are.
    internal static async Task<List<WaitingNotice>> WaitingAsync(OgpBotDb database, int most, CancellationToken cancellationToken) => await (
        from notice in database.Set<Notice>().AsNoTracking().Where(notice => notice.Outcome == NoticeOutcome.Waiting).OrderBy(notice => notice.Id).Take(most)
        join submission in database.Set<Submission>() on notice.SubmissionId equals submission.Id
        join refusal in database.Set<NoticeRefusal>() on submission.CitizenId equals refusal.CitizenId into refusals
        from refusal in refusals.DefaultIfEmpty()
        join conversation in database.Set<Conversation>().Where(conversation => conversation.ErasedAt == null && conversation.BlockedAt == null)
            on submission.CitizenId equals conversation.CitizenId into conversations
        from conversation in conversations.DefaultIfEmpty()
        join decision in database.Set<Decision>() on notice.Id equals decision.Id into decisions
        from decision in decisions.DefaultIfEmpty()
        join message in database.Set<ReviewMessage>() on notice.Id equals message.Id into messages
        from message in messages.DefaultIfEmpty()
        orderby notice.Id
        select new WaitingNotice(notice.Id, notice.Text, submission.Folio, refusal != null, conversation, decision, message == null ? null : message.Text))
        .ToListAsync(cancellationToken);

    private static NoticeDelivery Of(bool isDone, IReadOnlyList<Delivery?> replies) =>
        replies.Contains(Delivery.GivenUp) ? NoticeDelivery.GivenUp
        : !isDone || replies.Contains(Delivery.Pending) ? NoticeDelivery.Pending
        : NoticeDelivery.Delivered;
}

/// <summary>A notice that waits, with what it tells and to whom.</summary>
/// <param name="Conversation">Where she can be told; null: nowhere.</param>
/// <param name="Decision">What was decided; null where staff wrote a message.</param>
/// <param name="Message">What staff wrote.</param>
internal sealed record WaitingNotice(
    string Id, string Text, string Folio, bool IsRefused, Conversation? Conversation, Decision? Decision, string? Message);
