using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Staff.Notices;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;
using OgpBot.Tests.Submissions.Own;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff.Notices;

/// <summary>A notice is told once, whatever stops in between, and where it can't be told that is noted.</summary>
public sealed class NoticeSenderTests : IDisposable
{
    private const string Beginning = "Hola. Buenas noticias: su aporte";

    private static readonly string[] AnswersAndErases =
        ["mis aportes", "Responder al equipo", "MARCA-respuesta", "no quiero avisos", "mis datos", "Borrar todo", "Sí, borrar todo"];

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_filed_is_told_right_after_the_desk_wakes_the_sender_and_sees_no_message_of_her_own()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await ReceiptTests.FiledAsync(host);
        var id = await StaffActs.DecideAsync(host, ReviewState.Selected);

        host.Get<NoticeSender>().Wake();

        var talk = new Talk(host, "talk");
        await UntilAsync(host, () => Told(talk).Count > 0);
        Told(talk).Count.ShouldBe(1);
        talk.Activities.ShouldNotContain(activity => activity.Kind == ActivityKind.Notice);
        var notice = await NoticeAsync(host, id);
        (notice.Outcome, notice.ConversationId).ShouldBe((NoticeOutcome.Told, "talk"));
    }

    [Fact]
    public async Task Killed_before_it_was_taken_up_it_is_told_after_the_start_and_once()
    {
        await using (var killed = await TestHost.StartAsync(folder.Path))
        {
            await ReceiptTests.FiledAsync(killed);
            await StaffActs.DecideAsync(killed, ReviewState.Selected);
        }

        for (var seed = 2; seed <= 3; seed++)
        {
            await using var again = await TestHost.StartAsync(folder.Path, seed: seed);
            var talk = new Talk(again, "talk");
            await UntilAsync(again, () => Told(talk).Count > 0);
            await again.Get<NoticeSender>().SendWaitingAsync(Cancel);
            await talk.WhenIdleAsync();
            Told(talk).Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task Killed_between_the_two_transactions_it_is_told_after_the_start_and_once()
    {
        var clock = new TestClock();
        string id;
        await using (var killed = await TestHost.StartAsync(folder.Path, clock: clock))
        {
            await ReceiptTests.FiledAsync(killed);
        }

        await using (var killed = await TestHost.StartAsync(
            folder.Path, seed: 2, clock: clock, configure: services => services.ReplaceHandler<OpeningHandler>(new EndlessHandler())))
        {
            // A turn that never ends holds up the next one of its conversation: that of the notice.
            var talk = new Talk(killed, "talk");
            var inHand = clock.WhenWaitedFor(DialogRunner.CallLimit);
            await talk.SendAsync("1", "endless");
            await inHand.WaitAsync(Cancel);
            id = await StaffActs.DecideAsync(killed, ReviewState.Selected);
            await killed.Get<NoticeSender>().SendWaitingAsync(Cancel);
            (await NoticeAsync(killed, id)).Outcome.ShouldBe(NoticeOutcome.Told);
            Told(talk).ShouldBeEmpty();
            (await killed.Get<NoticeReader>().OfAsync((await NoticeAsync(killed, id)).SubmissionId, Cancel)).ShouldHaveSingleItem().Delivery.ShouldBe(NoticeDelivery.Pending);
            clock.Hurried = TimeSpan.FromSeconds(10);
        }

        for (var seed = 3; seed <= 4; seed++)
        {
            await using var again = await TestHost.StartAsync(folder.Path, seed: seed, clock: new TestClock());
            var talk = new Talk(again, "talk");
            await UntilAsync(again, () => Told(talk).Count > 0);
            await again.Get<NoticeSender>().SendWaitingAsync(Cancel);
            await talk.WhenIdleAsync();
            Told(talk).Count.ShouldBe(1);
            (await again.Get<NoticeReader>().OfAsync((await NoticeAsync(again, id)).SubmissionId, Cancel)).ShouldHaveSingleItem().Delivery.ShouldBe(NoticeDelivery.Delivered);
        }
    }

    [Theory]
    [InlineData("refused", NoticeOutcome.Refused)]
    [InlineData("blocked", NoticeOutcome.Unreachable)]
    [InlineData("erased", NoticeOutcome.Unreachable)]
    [InlineData("nobody", NoticeOutcome.Unreachable)]
    public async Task Where_she_wants_none_or_can_not_be_reached_that_is_noted_and_nothing_is_said(string how, NoticeOutcome outcome)
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await ReceiptTests.FiledAsync(host);
        var talk = new Talk(host, "talk");
        var at = host.Clock.GetUtcNow();
        await ChangeAsync(host, async database =>
        {
            var conversations = database.Set<Conversation>();
            _ = how switch
            {
                "refused" => (await talk.SayAsync("no quiero avisos", "refuse")).Count,
                "blocked" => await conversations.ExecuteUpdateAsync(set => set.SetProperty(row => row.BlockedAt, at), Cancel),
                "erased" => await conversations.ExecuteUpdateAsync(set => set.SetProperty(row => row.ErasedAt, at), Cancel),
                _ => (await talk.SayAsync("mis datos", "data")).Count + (await talk.SayAsync("Borrar todo", "all")).Count + (await talk.SayAsync("Sí, borrar todo", "sure")).Count,
            };
        });
        var id = await StaffActs.DecideAsync(host, ReviewState.Selected);

        await host.Get<NoticeSender>().SendWaitingAsync(Cancel);

        await talk.WhenIdleAsync();
        Told(talk).ShouldBeEmpty();
        var notice = await NoticeAsync(host, id);
        (notice.Outcome, notice.ConversationId, notice.Seq).ShouldBe((outcome, null, null));
        (await host.Get<NoticeReader>().OfAsync(notice.SubmissionId, Cancel)).ShouldHaveSingleItem().Delivery.ShouldBeNull();
    }

    [Fact]
    public async Task Where_the_channel_sends_staff_see_what_waits_and_what_was_given_up()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await host.Get<ConversationInbox>().BeginAsync("talk", "telegram", "es", Cancel);
        await ReceiptTests.FiledAsync(host);
        var id = await StaffActs.DecideAsync(host, ReviewState.Selected);
        await host.Get<NoticeSender>().SendWaitingAsync(Cancel);
        await new Talk(host, "talk").WhenIdleAsync();
        var notice = await NoticeAsync(host, id);

        async Task<NoticeDelivery?> DeliveryAsync() => (await host.Get<NoticeReader>().OfAsync(notice.SubmissionId, Cancel)).ShouldHaveSingleItem().Delivery;
        Task DeliverAsync(Delivery delivery) => ChangeAsync(host, database => database.Set<ActivityRow>().Where(row => row.ReplyTo == notice.Seq)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Delivery, delivery), Cancel));

        (await DeliveryAsync()).ShouldBe(NoticeDelivery.Pending);
        await DeliverAsync(Delivery.Sent);
        (await DeliveryAsync()).ShouldBe(NoticeDelivery.Delivered);
        await DeliverAsync(Delivery.GivenUp);
        (await DeliveryAsync()).ShouldBe(NoticeDelivery.GivenUp);
    }

    [Fact]
    public async Task Who_has_herself_erased_is_not_found_by_what_she_was_told_and_what_she_wrote_to_the_team_stays()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await ReceiptTests.FiledAsync(host);
        var id = await StaffActs.DecideAsync(host, ReviewState.NotSelected, "already", "Ya lo atiende otro programa.");
        await host.Get<NoticeSender>().SendWaitingAsync(Cancel);
        var talk = new Talk(host, "talk");
        foreach (var (at, said) in AnswersAndErases.Index())
        {
            await talk.SayAsync(said, $"said-{at}");
        }

        var notice = await NoticeAsync(host, id);
        (notice.Outcome, notice.ConversationId, notice.Seq).ShouldBe((NoticeOutcome.Told, null, null));
        await using var database = await DatabaseAsync(host);
        (await database.Set<NoticeRefusal>().CountAsync(Cancel)).ShouldBe(0);
        var message = await database.Set<ReviewMessage>().SingleAsync(Cancel);
        (message.Text, message.By).ShouldBe(("MARCA-respuesta", null));
        (await database.Set<ActivityRow>().CountAsync(row => row.Text!.Contains("MARCA-respuesta"), Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task More_than_one_commit_takes_are_all_told()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await ReceiptTests.FiledAsync(host);
        await ChangeAsync(host, async database =>
        {
            var submission = await database.Set<Submission>().SingleAsync(Cancel);
            database.AddRange(Enumerable.Range(0, 250).Select(at => new Notice { Id = $"n{at:D3}", SubmissionId = submission.Id, Text = "host.notice_selected", At = submission.ReceivedAt }));
        });

        await host.Get<NoticeSender>().SendWaitingAsync(Cancel);

        var talk = new Talk(host, "talk");
        await talk.WhenIdleAsync();
        Told(talk).Count.ShouldBe(250);
    }

    public void Dispose() => folder.Dispose();

    private static IReadOnlyList<string> Told(Talk talk) => [.. talk.Activities.Where(activity => !activity.Incoming && activity.Text?.StartsWith(Beginning, StringComparison.Ordinal) == true).Select(activity => activity.Text!)];

    private static async Task<Notice> NoticeAsync(TestHost host, string id)
    {
        await using var database = await DatabaseAsync(host);
        return await database.Set<Notice>().AsNoTracking().SingleAsync(notice => notice.Id == id, Cancel);
    }

    private static async Task ChangeAsync(TestHost host, Func<OgpBotDb, Task> change)
    {
        await using var database = await DatabaseAsync(host);
        await change(database);
        await database.SaveChangesAsync(Cancel);
    }

    // The sender works beside the host; the test has no other sign of its end than what was told.
    private static async Task UntilAsync(TestHost host, Func<bool> happened)
    {
        while (!happened())
        {
            Cancel.ThrowIfCancellationRequested();
            await host.Get<TurnQueue>().WhenIdleAsync("talk", TimeSpan.FromSeconds(20), Cancel);
            await Task.Yield();
        }
    }

    private static Task<OgpBotDb> DatabaseAsync(TestHost host) => host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(Cancel);

    private sealed class EndlessHandler : ICallHandler
    {
        public CallContract Contract { get; } = new("consultation.opening", ["open", "not_yet", "closed", "paused"], ["opening_since", "opening_until", "opening_reason"]);

        public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new CallResult("open");
        }
    }
}
