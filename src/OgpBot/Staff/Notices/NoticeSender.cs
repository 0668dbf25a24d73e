using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Notices;

/// <summary>
/// Brings what staff decided and wrote into the citizen's conversation. A notice comes in like a message, under an id of its own, in the transaction that
/// notes how far it came. So it is told once, whatever stops in between. While notices are paused they wait.
/// </summary>
public sealed class NoticeSender(
    Lazy<DialogLibrary> library, NoticeWords words, DatabaseStart start, TurnWriter writer, TurnQueue queue, TimeProvider clock) : BackgroundService
{
    // Citizens' own turns pass between two commits.
    private const int MostPerCommit = 100;

    // For the end of a pause, and for what another program wrote; else a look follows a decision at once.
    internal static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Looks for notices now. To be called after the commit that added one.</summary>
    public void Wake() => news.Writer.TryWrite(true);

    /// <summary>Sends all that wait. When it returns each is told, or it is noted why it can't be.</summary>
    public async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            while (!library.Value.Consultation.PausesNotices(clock.GetUtcNow()))
            {
                var (looked, accepted) = await writer.WriteAsync(session => AcceptAsync(session, cancellationToken), cancellationToken);
                foreach (var (conversation, seq) in accepted)
                {
                    queue.Enqueue(conversation, seq);
                }

                if (looked < MostPerCommit)
                {
                    return;
                }
            }
        }
        finally
        {
            one.Release();
        }
    }

    public override void Dispose()
    {
        one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await start.Ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            news.Reader.TryRead(out _);
            try
            {
                await SendWaitingAsync(stoppingToken);
            }
            catch (StorageUnavailableException)
            {
                // The writer has told it; the next look tries again.
            }

            Task woken = news.Reader.WaitToReadAsync(stoppingToken).AsTask();
            await woken.WaitAsync(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask<(int Looked, List<(string Conversation, int Seq)> Accepted)> AcceptAsync(TurnSession session, CancellationToken cancellationToken)
    {
        var waiting = await NoticeReader.WaitingAsync(session.Database, MostPerCommit, cancellationToken);
        var accepted = new List<(string, int)>();
        foreach (var notice in waiting)
        {
            var (outcome, conversation, seq) = (notice.IsRefused ? NoticeOutcome.Refused : NoticeOutcome.Unreachable, (string?)null, (int?)null);
            if (notice is { IsRefused: false, Conversation: { } reached })
            {
                var incoming = new Incoming(reached.Id, $"notice/{notice.Id}", ActivityKind.Notice, words.Of(notice, reached).Write(), null);
                var kept = await session.AcceptAsync(incoming, clock.GetUtcNow());
                (outcome, conversation, seq) = (NoticeOutcome.Told, reached.Id, kept.Seq);
                accepted.Add((reached.Id, kept.Seq));
            }

            await session.Database.Set<Notice>().Where(row => row.Id == notice.Id).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Outcome, outcome).SetProperty(row => row.ConversationId, conversation).SetProperty(row => row.Seq, seq),
                cancellationToken);
        }

        return (waiting.Count, accepted);
    }
}
