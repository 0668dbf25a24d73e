using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Conversations.Turns;

/// <summary>
/// Runs one turn: reads the state, asks the engine, awaits the rooms that it calls (no transaction is open then), and writes the effect.
/// If another turn moved the state first, or a drawn folio was taken, it runs again on what is there now.
/// </summary>
public sealed partial class TurnRunner(
    Lazy<DialogLibrary> library,
    IEnumerable<ICallHandler> handlers,
    ConversationReader reader,
    TurnWriter writer,
    IEnumerable<IChannel> channels,
    TimeProvider clock,
    ILogger<TurnRunner> logger)
{
    /// <summary>How long a room may take to answer.</summary>
    public static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    // Two more tries settle a race; what still fails then is told to the citizen.
    private const int MostTries = 3;

    // Some seconds, while this conversation's next turn waits.
    private const int MostScrubs = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Telegram shows it for five seconds; what takes no time needs none.
    private static readonly TimeSpan TypingAfter = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan TypingAgain = TimeSpan.FromSeconds(4);

    private readonly DateTimeOffset since = clock.GetUtcNow();
    private readonly Dictionary<string, ICallHandler> handlers = handlers.ToDictionary(handler => handler.Contract.Name);
    private readonly Dictionary<string, IChannel> channels = channels.ToDictionary(channel => channel.Name);
    private readonly Lazy<DialogEngine> engine = new(() => new DialogEngine(library.Value));

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
        var state = WithHostSlots(DialogState.FromJson(turn.State), turn);
        var (result, answers) = giveUp ? (Apologise(state), []) : await PlayAsync(turn, state, cancellationToken);
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
            BySystem = turn.Kind == ActivityKind.Reminder,
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

    // Who has something erased is promised that it is gone now, not with the next sweep. Somebody may be reading at the moment; a long export leaves it to the sweep.
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

    // What a dialog may know of how the citizen came.
    private DialogState WithHostSlots(DialogState state, UnfinishedTurn turn)
    {
        var slots = new Dictionary<string, Slot>(state.Slots);
        if (state.Stack.Count == 0)
        {
            slots[DialogEngine.ChannelSlot] = new(turn.Channel, null);
            slots[DialogEngine.LanguageSlot] = new(turn.Language, null);
        }

        // What the client is set to counts until the citizen chooses; her choice knows the message that made it.
        if (library.Value.LanguageOf(turn.Locale) is { } language && slots.GetValueOrDefault(DialogEngine.LanguageSlot) is null or { Activity: null })
        {
            slots[DialogEngine.LanguageSlot] = new(language, null);
        }

        if (turn.Source is { } source)
        {
            slots[DialogEngine.SourceSlot] = new(source, null);
        }

        return state with { Slots = slots };
    }

    // The buttons hang under the last part of a long text.
    private static IEnumerable<Reply> Replies(IChannel channel, Activity activity)
    {
        var parts = channel.Split(activity.Text);
        return parts.SkipLast(1).Select(part => new Reply(part, null)).Append(ActivityExtra.Write(activity with { Text = parts[^1] }));
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a turn fails of, the citizen gets an answer and the conversation stays usable.")]
    private async Task<(TurnResult Result, List<CallAnswer> Answers)> PlayAsync(UnfinishedTurn turn, DialogState state, CancellationToken cancellationToken)
    {
        var answers = new List<CallAnswer>();
        try
        {
            var activity = ActivityIds.Write(turn.ConversationId, turn.Seq);
            var spoken = new List<Activity>();
            var result = turn.Kind switch
            {
                _ when turn.IsAnswered => new TurnResult(state, [], null),
                ActivityKind.Message => engine.Value.Answer(state, turn.Text ?? "", activity),
                ActivityKind.Unreadable => SayBefore("host.text_only", state),
                ActivityKind.Edited when turn.Number is { } number && !reader.IsTaken(turn.ConversationId, number) => new TurnResult(state, [], null),
                ActivityKind.Edited when state.Stack.Count > 0 => SayAlone("host.edited", state),
                ActivityKind.Group => SayAlone("host.group", state),
                ActivityKind.Reminder => Remind(state, turn),
                _ => engine.Value.Begin(state, activity),
            };
            var context = new CallContext(turn.ConversationId, turn.CitizenId, turn.Channel);
            if (turn is { Kind: ActivityKind.Message, Part.File: true, IsAnswered: false })
            {
                spoken.Add(new Activity(TextIn(state, "host.file_unread")));
            }

            spoken.AddRange(result.Activities);
            var withdrawn = result.Withdrawn.ToList();
            for (var calls = 0; result.Call is { } call; calls++)
            {
                if (calls >= DialogEngine.MostStepsPerTurn)
                {
                    throw new DialogLimitException($"more than {DialogEngine.MostStepsPerTurn} calls in one turn, the last `{call.Name}`");
                }

                var answer = await AskAsync(handlers[call.Name], call, context, cancellationToken);
                answers.Add(answer);
                spoken.AddRange(answer.Says.Select(text => new Activity(text)));
                result = engine.Value.Resume(result.State, answer.Result, activity);
                spoken.AddRange(result.Activities);
                withdrawn.AddRange(result.Withdrawn);
            }

            return (result with { Activities = spoken, Withdrawn = withdrawn }, answers);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, error);
            return (Apologise(state), []);
        }
    }

    private async Task<CallAnswer> AskAsync(ICallHandler room, Call call, CallContext context, CancellationToken cancellationToken)
    {
        await ShowTypingWhileAsync(room.WhenReadyAsync(), context, cancellationToken);
        var asked = room.HandleAsync(call, context, cancellationToken);
        if (asked.IsCompleted)
        {
            return await asked;
        }

        var answer = asked.AsTask().WaitAsync(CallLimit, clock, cancellationToken);
        await ShowTypingWhileAsync(answer, context, cancellationToken);
        return await answer;
    }

    // A room that waits for somebody else, such as a language model, is shown as typing.
    private async Task ShowTypingWhileAsync(Task work, CallContext context, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        for (var wait = TypingAfter; !work.IsCompleted && await Task.WhenAny(work, Task.Delay(wait, clock, done.Token)) != work && !cancellationToken.IsCancellationRequested; wait = TypingAgain)
        {
            channels[context.Channel].ShowTyping(context.ConversationId);
        }

        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        await work;
    }

    // A draft that was sent or erased meanwhile needs no word.
    private TurnResult Remind(DialogState state, UnfinishedTurn turn)
    {
        if (state.Slots.GetValueOrDefault("problem") is not { Value.Length: > 0 })
        {
            return new TurnResult(state, [], null);
        }

        var until = DateOnly.ParseExact(turn.Text ?? "", "O", CultureInfo.InvariantCulture);
        return engine.Value.Tell(state, "host.reminder", new Dictionary<string, string> { ["until"] = LocalDates.InWords(until, TextsOf(state)) });
    }

    // The state stays as it was: nothing of the draft is lost.
    private TurnResult Apologise(DialogState state) => SayAlone("host.turn_failed", state);

    private TurnResult SayAlone(string key, DialogState state) => new(state, [new Activity(TextIn(state, key))], null);

    private TurnResult SayBefore(string key, DialogState state)
    {
        var result = engine.Value.Begin(state);
        return result with { Activities = [new Activity(TextIn(state, key)), .. result.Activities] };
    }

    private string TextIn(DialogState state, string key) => TextsOf(state).Plain(key);

    private Texts TextsOf(DialogState state)
    {
        var language = state.Slots.TryGetValue(DialogEngine.LanguageSlot, out var slot) ? slot.Value : LocalizedText.DefaultLanguage;
        return library.Value.Texts[library.Value.Texts.ContainsKey(language) ? language : LocalizedText.DefaultLanguage];
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A turn failed; the citizen was told so and the draft is kept")]
        internal static partial void Failed(ILogger logger, Exception error);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A turn waits for the database: {Reason}")]
        internal static partial void Waiting(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Warning, Message = "A turn's effect was refused ({Error}) and runs again, attempt {Attempt}")]
        internal static partial void Retried(ILogger logger, string error, int attempt);
    }
}
