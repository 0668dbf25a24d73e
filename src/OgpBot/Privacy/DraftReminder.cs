using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;

namespace OgpBot.Privacy;

/// <summary>
/// Tells those who asked for it, once, that their draft will be erased. It comes in like a message, under an id of its own, so a conversation never gets two;
/// while notices are paused none is sent.
/// </summary>
public sealed class DraftReminder(Lazy<DialogLibrary> library, TurnWriter writer, TurnQueue queue, TimeProvider clock)
{
    private const string ClientId = "reminder";
    private const int MostPerCommit = 500;

    // How long before; where all is kept for less than twice that, in the middle.
    private static readonly TimeSpan Before = TimeSpan.FromDays(5);

    /// <summary>Sends all that is due now.</summary>
    public async Task SendDueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (library.Value.Consultation.PausesNotices(now))
        {
            return;
        }

        IReadOnlyList<(string Conversation, Accepted Kept)> sent;
        do
        {
            sent = await writer.WriteAsync(session => AcceptDueAsync(session, now, cancellationToken), cancellationToken);
            foreach (var (conversation, kept) in sent.Where(reminder => reminder.Kept.IsNew))
            {
                queue.Enqueue(conversation, kept.Seq);
            }
        }
        while (sent.Count == MostPerCommit);
    }

    private async ValueTask<IReadOnlyList<(string Conversation, Accepted Kept)>> AcceptDueAsync(TurnSession session, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var consultation = library.Value.Consultation;
        var kept = TimeSpan.FromDays(consultation.Privacy.RetentionDays);
        var idleSince = now - kept + (Before < kept / 2 ? Before : kept / 2);
        var reminders = session.Database.Set<Reminder>();
        var due = await reminders.Join(session.Database.Set<Conversation>(), reminder => reminder.ConversationId, conversation => conversation.Id, (reminder, conversation) => conversation)
            .Where(conversation => conversation.ErasedAt == null && conversation.BlockedAt == null && conversation.ActiveAt < idleSince)
            .Select(conversation => new { conversation.Id, conversation.ActiveAt }).Distinct().Take(MostPerCommit).ToListAsync(cancellationToken);
        var sent = new List<(string, Accepted)>();
        foreach (var conversation in due)
        {
            var until = LocalDates.DayOf(conversation.ActiveAt + kept, consultation).ToString("O", CultureInfo.InvariantCulture);
            sent.Add((conversation.Id, await session.AcceptAsync(new Incoming(conversation.Id, ClientId, ActivityKind.Reminder, until, null), now)));
            await reminders.Where(reminder => reminder.ConversationId == conversation.Id).ExecuteDeleteAsync(cancellationToken);
        }

        return sent;
    }
}
