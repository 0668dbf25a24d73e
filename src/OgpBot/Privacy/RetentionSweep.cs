using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Privacy;

/// <summary>
/// Erases chat texts: 24 hours after the notice was refused, or when the conversation has been idle for the days that the notice promises.
/// The keys of messages stay, so that a repeated one is still known; drafts go with the state.
/// </summary>
public sealed partial class RetentionSweep(
    Lazy<DialogLibrary> library, DatabaseStart start, TurnWriter writer, DraftReminder reminder, TimeProvider clock, ILogger<RetentionSweep> logger) : BackgroundService
{
    private const int MostPerCommit = 500;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    // Who writes in the first minute of a host comes before.
    internal static readonly TimeSpan AfterStart = TimeSpan.FromMinutes(1);

    internal static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(24);

    /// <summary>Erases all that is due now.</summary>
    /// <returns>How many conversations were erased.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var idleSince = now.AddDays(-library.Value.Consultation.Privacy.RetentionDays);
        var erased = 0;
        int batch;
        do
        {
            batch = await writer.WriteAsync(session => EraseAsync(session.Database, idleSince, now - AfterRefusal, now, cancellationToken), cancellationToken);
            erased += batch;
        }
        while (batch == MostPerCommit);

        writer.LeavesTraces |= erased > 0;
        if (writer.LeavesTraces)
        {
            writer.LeavesTraces = !await writer.ScrubAsync(cancellationToken);
        }

        if (erased > 0)
        {
            Log.Erased(logger, erased);
        }

        return erased;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Ready.WaitAsync(stoppingToken);
        await Task.Delay(AfterStart, clock, stoppingToken);
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                await reminder.SendDueAsync(stoppingToken);
                await SweepAsync(stoppingToken);
            }
            catch (StorageUnavailableException)
            {
                // The writer has told it; the next hour tries again.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async ValueTask<int> EraseAsync(
        OgpBotDb database, DateTimeOffset idleSince, DateTimeOffset refusedSince, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The last answer to the notice counts: who refused first and accepted later has a draft to keep. What is said after such an erasure goes a day after its
        // last word.
        var due = await database.Set<Conversation>().Where(conversation => conversation.ErasedAt == null
                && (conversation.ActiveAt < idleSince
                    || (database.Set<Consent>().Any(consent => consent.ConversationId == conversation.Id && !consent.Accepted && consent.At < refusedSince
                            && (consent.ErasedAt == null || conversation.ActiveAt < refusedSince)
                            && !database.Set<Consent>().Any(later => later.ConversationId == conversation.Id && later.Accepted && later.At >= consent.At)))))
            .OrderBy(conversation => conversation.ActiveAt)
            .Select(conversation => conversation.Id).Take(MostPerCommit).ToListAsync(cancellationToken);
        await database.Set<ActivityRow>().Where(activity => due.Contains(activity.ConversationId)).ExecuteUpdateAsync(
            set => set.SetProperty(activity => activity.Text, (string?)null).SetProperty(activity => activity.Extra, (string?)null), cancellationToken);
        await database.Set<Conversation>().Where(conversation => due.Contains(conversation.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(conversation => conversation.State, (string?)null)
                .SetProperty(conversation => conversation.Address, (string?)null)
                .SetProperty(conversation => conversation.Version, conversation => conversation.Version + 1)
                .SetProperty(conversation => conversation.ErasedAt, now),
            cancellationToken);
        await database.Set<Reminder>().Where(reminder => due.Contains(reminder.ConversationId)).ExecuteDeleteAsync(cancellationToken);
        await database.Set<Consent>().Where(consent => due.Contains(consent.ConversationId))
            .ExecuteUpdateAsync(set => set.SetProperty(consent => consent.ErasedAt, now), cancellationToken);

        // The last word after an erasure was given a day to reach her.
        await database.Set<Conversation>().Where(conversation => conversation.Address != null && conversation.ErasedAt < refusedSince)
            .ExecuteUpdateAsync(set => set.SetProperty(conversation => conversation.Address, (string?)null), cancellationToken);
        return due.Count;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Texts of {Count} conversations were erased")]
        internal static partial void Erased(ILogger logger, int count);
    }
}
