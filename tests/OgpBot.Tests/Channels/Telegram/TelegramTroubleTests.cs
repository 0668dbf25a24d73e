using Microsoft.Data.Sqlite;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Things that cross one another on the way between Telegram and the host.</summary>
public sealed class TelegramTroubleTests
{
    private const long Chat = 1001;
    private const int MostAnswersAtOnce = 100;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pressed_button_gets_its_answer_however_often_Telegram_asks_to_wait()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await BegunAsync(run, Chat);
        run.Api.Fail("answerCallbackQuery", FakeFault.TooMany(1), times: 9);

        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await run.Api.WhenAsync(() => run.Api.UnansweredCallbacks == 0, "the answer");

        run.Api.Counters["fault_429"].ShouldBe(9);
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
    }

    [Fact]
    public async Task A_press_that_Telegram_brings_again_is_answered_once_and_never_told_to_be_old()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await BegunAsync(run, Chat);
        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await run.Api.WhenAsync(() => run.Api.UnansweredCallbacks == 0 && run.Api.Updates == (0, 2), "the answer, and all confirmed");

        run.Api.RedeliverConfirmed();
        await citizen.SayAsync("Acepto", "Paso 2 de 9");
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");
        Answers(run).ShouldBe(1);

        // Who was away remembers only what is kept.
        await run.StopHostAsync();
        await run.StartHostAsync();
        run.Api.RedeliverConfirmed(2);
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        await run.Api.WhenAsync(() => Answers(run) == 2, "the answer");
        run.Api.Calls.Where(call => call.Method == "answerCallbackQuery").ShouldAllBe(call => call.Body["text"] == null);
    }

    [Fact]
    public async Task A_silence_that_Telegram_asked_for_outlives_a_restart()
    {
        await using var run = await TelegramRun.StartAsync();
        await BegunAsync(run, Chat);
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");
        run.Api.Fail("sendMessage", FakeFault.TooMany(600), chat: Chat);
        run.Api.SendText(Chat, "Enviar un problema o propuesta");
        await run.Api.WhenAsync(() => IsSilenceKept(run), "the silence on the disk");

        await run.StopHostAsync();
        await run.StartHostAsync();

        await run.Api.WhenAsync(() => run.Api.Replies(Chat).Any(reply => reply.Text.StartsWith("Paso 1 de 9", StringComparison.Ordinal)), "the answer");
        run.Api.Counters["fault_429"].ShouldBe(1);
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
    }

    [Fact]
    public async Task Of_many_buttons_pressed_at_once_no_more_than_a_hundred_are_being_answered()
    {
        await using var run = await TelegramRun.StartAsync();
        var chats = Enumerable.Range(1, MostAnswersAtOnce + 15).Select(number => (long)number).ToList();
        await Task.WhenAll(chats.Select(chat => BegunAsync(run, chat)));
        run.Api.Fail("answerCallbackQuery", FakeFault.Silence, times: chats.Count);

        chats.ForEach(chat => run.Api.Press(chat, "Preguntar sobre el proceso"));
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0 && Answers(run) >= MostAnswersAtOnce, "all kept, and some being answered");

        Answers(run).ShouldBe(MostAnswersAtOnce);

        // What hangs ends with the connection.
        await run.Api.DisposeAsync();
    }

    [Fact]
    public async Task A_turn_that_ends_after_the_citizen_blocked_the_bot_writes_to_her_no_more()
    {
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var run = await TelegramRun.StartAsync(
            configure: services => services.ReplaceHandler<OpeningHandler>(new WaitingHandler(begun, released.Task)));
        await BegunAsync(run, Chat);
        run.Api.Press(Chat, "Enviar un problema o propuesta");
        await begun.Task.Soon();
        run.Api.Block(Chat);
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");

        released.SetResult();

        // Others are served meanwhile.
        await BegunAsync(run, Chat + 1);
        (await NoneToSendAsync(run)).ShouldBeTrue();
        run.Api.Counters.GetValueOrDefault("answers_403").ShouldBe(0);
        run.Api.SendText(Chat, "Acepto");
        await run.Api.WhenAsync(() => run.Api.Replies(Chat).Any(reply => reply.Text.StartsWith("Paso 2 de 9", StringComparison.Ordinal)), "the next step");
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
    }

    [Fact]
    public async Task A_stop_while_a_poll_waits_begins_no_second_one()
    {
        await using var run = await TelegramRun.StartAsync();
        await BegunAsync(run, Chat);
        await run.Api.WhenAsync(() => run.Api.IsPolled && run.Api.Updates.Waiting == 0, "a poll that has confirmed");
        var polls = Polls(run);

        await run.StopHostAsync();

        Polls(run).ShouldBe(polls);
    }

    [Fact]
    public async Task What_can_not_be_stored_is_not_confirmed_and_comes_again()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await BegunAsync(run, Chat);
        await run.Api.WhenAsync(() => run.Api.IsPolled && run.Api.Updates.Waiting == 0, "a poll that has confirmed");
        await using (var other = new SqliteConnection($"Data Source={run.DataFile};Pooling=False"))
        {
            await other.OpenAsync(Cancel);
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(Cancel);
            var polls = Polls(run);

            run.Api.SendText(Chat, "1");
            await run.Api.WhenAsync(() => Polls(run) >= polls + 2, "the same poll again");
            run.Api.Updates.Waiting.ShouldBe(1);
        }

        await citizen.ReadAsync("Paso 1 de 9");
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");
        run.Api.Replies(Chat).Count.ShouldBe(3);
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
    }

    [Fact]
    public async Task Of_a_citizens_account_only_the_number_of_the_chat_is_kept()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await BegunAsync(run, Chat);
        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        run.Api.SendPhoto(Chat);
        run.Api.SendLocation(Chat);
        run.Api.Edit(Chat, "/start");
        run.Api.SendText(-5, "hola a todas");
        await citizen.SayAsync("Acepto", "Paso 2 de 9");
        run.Api.Block(Chat);
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");
        run.Clock.AutoAdvance = false;

        // The write-ahead log, too.
        var kept = string.Concat(Directory.GetFiles(Path.GetDirectoryName(run.DataFile)!, "ogpbot.db*").Select(Text));
        kept.ShouldContain($"7000000001:{Chat}", customMessage: "else nothing was looked through");
        string[] secrets = [FakeChat.FirstName, FakeChat.LastName, FakeChat.UserName, "19.43", "Vecinos"];
        secrets.ShouldAllBe(secret => !kept.Contains(secret, StringComparison.Ordinal));
    }

    // It is open for writing.
    private static string Text(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(stream, System.Text.Encoding.Latin1);
        return text.ReadToEnd();
    }

    private static async Task<TelegramCitizen> BegunAsync(TelegramRun run, long chat)
    {
        var citizen = new TelegramCitizen(run.Api, chat);
        run.Api.Start(chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        return citizen;
    }

    private static int Answers(TelegramRun run) => run.Api.Calls.Count(call => call.Method == "answerCallbackQuery");

    private static int Polls(TelegramRun run) => run.Api.Calls.Count(call => call.Method == "getUpdates");

    private static bool IsSilenceKept(TelegramRun run)
    {
        using var connection = new SqliteConnection($"Data Source={run.DataFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM conversations WHERE silent_until IS NOT NULL";
        return (long)command.ExecuteScalar()! == 1;
    }

    private static async Task<bool> NoneToSendAsync(TelegramRun run)
    {
        var reader = run.Host.Get<ConversationReader>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (reader.Unfinished().Count + reader.WithOutbox().Count > 0 && !limit.IsCancellationRequested)
        {
            await Task.Yield();
        }

        return !limit.IsCancellationRequested;
    }

    private sealed class WaitingHandler(TaskCompletionSource begun, Task released) : ICallHandler
    {
        public CallContract Contract { get; } = new("consultation.opening", ["open", "not_yet", "closed", "paused"], ["opening_since", "opening_until", "opening_reason"]);

        public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
        {
            begun.TrySetResult();
            await released.WaitAsync(cancellationToken);
            return new CallResult("open");
        }
    }
}
