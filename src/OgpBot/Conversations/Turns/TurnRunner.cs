using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Conversations.Turns;

/// <summary>
/// Runs one turn: reads what was said, plays the dialog (no transaction is open then), and writes the effect. If another turn moved the state first, or a
/// drawn folio was taken, it runs again on what is there now.
/// </summary>
public sealed partial class TurnRunner(
    DialogRunner dialogs, ConversationReader reader, TurnWriter writer, IEnumerable<IChannel> channels, TimeProvider clock, ILogger<TurnRunner> logger)
{
    // Two more tries settle a race; what still fails then is told to the citizen.
    private const int MostTries = 3;

    // Some seconds, while this conversation's next turn waits.
    private const int MostScrubs = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly DateTimeOffset since = clock.GetUtcNow();
    private readonly Dictionary<string, IChannel> channels = channels.ToDictionary(channel => channel.Name);

    /// <summary>Runs the turn of a kept activity to its end; while the database can't be written it waits and tries again.</summary>
    /// <param name="leaving">Ends a wait for the rest of what the citizen said: the turn is run after the next start.</param>
    public async Task RunAsync(string conversationId, int seq, CancellationToken leaving, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await TryAsync(conversationId, seq, giveUp: attempt > MostTries, leaving, cancellationToken))
                {
                    writer.Counters.CountTurn();
                    return;
                }
            }
            catch (StorageUnavailableException error)
            {
                Log.Waiting(logger, error.InnerException?.Message ?? error.Message);
                await Task.Delay(Pause, clock, cancellationToken);
            }
            catch (DbUpdateException error)
            {
                Log.Retried(logger, error.GetType().Name, attempt);
            }
        }
    }

    private async Task<bool> TryAsync(string conversationId, int seq, bool giveUp, CancellationToken leaving, CancellationToken cancellationToken)
    {
        if (await WholeAsync(conversationId, seq, leaving) is not { } turn)
        {
            return true;
        }

        var channel = channels[turn.Channel];
        var (result, answers) = giveUp ? (dialogs.Apologise(turn), []) : await dialogs.PlayAsync(turn, channel, cancellationToken);
        Withdrawal[] withdrawals = [.. result.Withdrawn.Select(Withdrawal.Of)];
        var effect = new TurnEffect(
            conversationId, seq, turn.Version, result.State.ToJson(), [.. result.Activities.SelectMany(activity => Replies(channel, activity))],
            [.. answers.SelectMany(answer => answer.Rows)], channel.Sends)
        {
            Joined = turn.Joined,
            Whole = turn.Joined.Count > 0 ? turn.Text : null,
            Extra = turn.Part is { } part && IsTaken(result.State, ActivityIds.Write(conversationId, seq)) ? (part with { Taken = true }).Write() : null,
            Withdrawals = withdrawals,
            Changes = [.. answers.SelectMany(answer => answer.Changes)],
            Forgets = [.. answers.SelectMany(answer => answer.Forgets)],
            BySystem = turn.Kind is ActivityKind.Reminder or ActivityKind.Notice,
        };
        if (!await writer.WriteAsync(session => session.ApplyAsync(effect, clock.GetUtcNow()), cancellationToken))
        {
            return false;
        }

        writer.LeavesTraces |= withdrawals.Length > 0;
        channel.Announce(conversationId);
        if (effect.Changes.Count > 0)
        {
            await ScrubAsync(cancellationToken);
        }

        return true;
    }

    // The turn of all that was said at once.
    private async Task<UnfinishedTurn?> WholeAsync(string conversationId, int seq, CancellationToken leaving)
    {
        while (true)
        {
            var turn = reader.Unfinished(conversationId, seq);
            if (turn?.Part is null)
            {
                return turn;
            }

            var utterance = Utterance.Of(reader.SaidBeside(conversationId, seq), seq);
            if (utterance.TimeLeft(clock.GetUtcNow(), since) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, clock, leaving);
                continue;
            }

            return turn with
            {
                Kind = utterance.Kind,
                Text = utterance.Text,
                Part = turn.Part with { File = utterance.HasFile },
                Joined = [.. utterance.Messages.Select(message => message.Seq).Where(other => other != seq)],
                IsAnswered = utterance.IsAnswered,
            };
        }
    }

    private static bool IsTaken(DialogState state, string activity) =>
        state.Slots.Values.Any(slot => slot.Activity == activity || slot.Parts?.Any(part => part.Activity == activity) == true);

    // Who has something erased is promised that it is gone now. Somebody may be reading at the moment; a long export leaves it to the sweep.
    private async Task ScrubAsync(CancellationToken cancellationToken)
    {
        writer.LeavesTraces = true;
        for (var attempt = 1; writer.LeavesTraces && attempt <= MostScrubs; attempt++)
        {
            if (attempt > 1)
            {
                await Task.Delay(Pause, clock, cancellationToken);
            }

            writer.LeavesTraces = !await writer.ScrubAsync(cancellationToken);
        }
    }

    // The buttons hang under the last part of a long text.
    private static IEnumerable<Reply> Replies(IChannel channel, Activity activity)
    {
        var parts = channel.Split(activity.Text);
        return parts.SkipLast(1).Select(part => new Reply(part, null)).Append(ActivityExtra.Write(activity with { Text = parts[^1] }));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "A turn waits for the database: {Reason}")]
        internal static partial void Waiting(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A turn's effect was refused ({Error}) and runs again, attempt {Attempt}")]
        internal static partial void Retried(ILogger logger, string error, int attempt);
    }
}
