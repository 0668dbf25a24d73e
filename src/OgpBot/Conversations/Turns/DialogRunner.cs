using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Dialogs;
using OgpBot.Switches;

namespace OgpBot.Conversations.Turns;

/// <summary>Plays the dialog of one turn: asks the engine, and awaits the rooms that it calls. It stores nothing.</summary>
public sealed partial class DialogRunner(
    Lazy<DialogLibrary> library, IEnumerable<ICallHandler> handlers, ConversationReader reader, SwitchBoard switches, TimeProvider clock, ILogger<DialogRunner> logger)
{
    /// <summary>How long a room may take to answer.</summary>
    public static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);

    // Telegram shows it for five seconds; what takes no time needs none.
    private static readonly TimeSpan TypingAfter = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan TypingAgain = TimeSpan.FromSeconds(4);

    private readonly Dictionary<string, ICallHandler> handlers = handlers.ToDictionary(handler => handler.Contract.Name);
    private readonly Lazy<DialogEngine> engine = new(() => new DialogEngine(library.Value));

    /// <summary>Plays it to its end. Whatever it fails of, the result says so to the citizen.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a turn fails of, the citizen gets an answer and the conversation stays usable.")]
    internal async Task<(TurnResult Result, List<CallAnswer> Answers)> PlayAsync(UnfinishedTurn turn, IChannel channel, CancellationToken cancellationToken)
    {
        var state = StateOf(turn);
        var answers = new List<CallAnswer>();
        try
        {
            var activity = ActivityIds.Write(turn.ConversationId, turn.Seq);
            var spoken = new List<Activity>();
            var result = Begin(turn, state, activity);
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

                var answer = await AskAsync(handlers[call.Name], call, context, channel, cancellationToken);
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

    /// <summary>Says that it failed. The state stays as it was: nothing of the draft is lost.</summary>
    internal TurnResult Apologise(UnfinishedTurn turn) => Apologise(StateOf(turn));

    private TurnResult Begin(UnfinishedTurn turn, DialogState state, string activity) => turn.Kind switch
    {
        _ when turn.IsAnswered => new TurnResult(state, [], null),
        ActivityKind.Message or ActivityKind.Start when switches.ReasonOf(SwitchBoard.OfChannel(turn.Channel)) is { } why => SayClosed(state, why),
        ActivityKind.Message => engine.Value.Answer(state, turn.Text ?? "", activity),
        ActivityKind.Unreadable => SayBefore("host.text_only", state),
        ActivityKind.Edited when turn.Number is { } number && !reader.IsTaken(turn.ConversationId, number) => new TurnResult(state, [], null),
        ActivityKind.Edited when state.Stack.Count > 0 => SayAlone("host.edited", state),
        ActivityKind.Group => SayAlone("host.group", state),
        ActivityKind.Reminder => Remind(state, turn),
        ActivityKind.Notice => Notify(state, turn),
        _ => engine.Value.Begin(state, activity),
    };

    private async Task<CallAnswer> AskAsync(ICallHandler room, Call call, CallContext context, IChannel channel, CancellationToken cancellationToken)
    {
        await ShowTypingWhileAsync(room.WhenReadyAsync(), context, channel, cancellationToken);
        var asked = room.HandleAsync(call, context, cancellationToken);
        if (asked.IsCompleted)
        {
            return await asked;
        }

        var answer = asked.AsTask().WaitAsync(CallLimit, clock, cancellationToken);
        await ShowTypingWhileAsync(answer, context, channel, cancellationToken);
        return await answer;
    }

    // A room that waits for somebody else, such as a language model, is shown as typing.
    private async Task ShowTypingWhileAsync(Task work, CallContext context, IChannel channel, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        async Task<bool> TakesAsync(TimeSpan wait) =>
            !work.IsCompleted && await Task.WhenAny(work, Task.Delay(wait, clock, done.Token)) != work && !cancellationToken.IsCancellationRequested;
        for (var wait = TypingAfter; await TakesAsync(wait); wait = TypingAgain)
        {
            channel.ShowTyping(context.ConversationId);
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

    // What was erased meanwhile is told no more.
    private TurnResult Notify(DialogState state, UnfinishedTurn turn) => NoticeText.Read(turn.Text) is { } notice
        ? engine.Value.Interrupt(state, notice.Text, notice.Values)
        : new TurnResult(state, [], null);

    private TurnResult Apologise(DialogState state) => SayAlone("host.turn_failed", state);

    private TurnResult SayAlone(string key, DialogState state) => new(state, [new Activity(TextIn(state, key))], null);

    private TurnResult SayClosed(DialogState state, string why) => new(
        state, [new Activity(TextsOf(state)["host.channel_closed"]!.Render(name => name == "reason" ? why : null))], null);

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

    // With what a dialog may know of how the citizen came.
    private DialogState StateOf(UnfinishedTurn turn)
    {
        var state = DialogState.FromJson(turn.State);
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

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A turn failed; the citizen was told so and the draft is kept")]
        internal static partial void Failed(ILogger logger, Exception error);
    }
}
