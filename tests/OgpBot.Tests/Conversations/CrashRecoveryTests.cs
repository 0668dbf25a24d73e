using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Submissions.Filing;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Conversations;

/// <summary>What was acknowledged is answered, whatever happened in between.</summary>
public sealed class CrashRecoveryTests
{
    [Fact]
    public async Task What_was_kept_and_not_answered_is_answered_after_the_start_in_order_and_once()
    {
        using var folder = new TemporaryFolder();
        int first, second;
        await using (var crashed = await TestHost.StartAsync(folder.Path))
        {
            var talk = await Talk.BeginAsync(crashed);
            first = await talk.KeepAsync("1", "lost-1");
            second = await talk.KeepAsync("Acepto", "lost-2");
            talk.RepliesTo(first).ShouldBeEmpty();
        }

        await using (var again = await TestHost.StartAsync(folder.Path, seed: 2))
        {
            var talk = new Talk(again, "talk");
            await UntilAsync(again, () => talk.RepliesTo(second).Count > 0);
            talk.RepliesTo(first).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
            talk.RepliesTo(second).ShouldHaveSingleItem().ShouldStartWith("Paso 2 de 9");
        }

        await using var third = await TestHost.StartAsync(folder.Path, seed: 3);
        var later = new Talk(third, "talk");
        (await later.SayAsync("Las calles de la colonia no tienen luz.")).ShouldHaveSingleItem().ShouldStartWith("Paso 3 de 9");
        later.RepliesTo(first).Count.ShouldBe(1);
        later.RepliesTo(second).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_conversation_whose_welcome_was_lost_is_welcomed_after_the_start()
    {
        using var folder = new TemporaryFolder();
        await using (var crashed = await TestHost.StartAsync(folder.Path))
        {
            var conversation = new Conversation { Id = "talk", Channel = "web", CitizenId = "citizen", Language = "es" };
            var start = new Incoming("talk", "", ActivityKind.Start, null, null);
            await crashed.Get<TurnWriter>().WriteAsync(
                async session => await session.CreateAsync(conversation) ? await session.AcceptAsync(start, crashed.Clock.GetUtcNow()) : default,
                TestContext.Current.CancellationToken);
        }

        await using var again = await TestHost.StartAsync(folder.Path, seed: 2);
        var talk = new Talk(again, "talk");
        await UntilAsync(again, () => talk.Activities.Count > 0);
        talk.Activities[0].Text!.ShouldStartWith("Hola, soy OgpBot.");
    }

    [Fact]
    public async Task A_turn_that_was_in_hand_when_the_host_stopped_is_run_after_the_start()
    {
        using var folder = new TemporaryFolder();
        int seq;
        var clock = new TestClock();
        await using (var stopped = await TestHost.StartAsync(
            folder.Path, configure: services => services.ReplaceHandler<OpeningHandler>(new EndlessHandler(new TaskCompletionSource())), clock: clock))
        {
            var talk = await Talk.BeginAsync(stopped);
            var inHand = clock.WhenWaitedFor(DialogRunner.CallLimit);
            seq = await talk.SendAsync("1");
            await inHand.WaitAsync(TestContext.Current.CancellationToken);

            // The stop does not wait its ten seconds for it.
            clock.Hurried = TimeSpan.FromSeconds(10);
        }

        await using var again = await TestHost.StartAsync(folder.Path, seed: 2);
        var later = new Talk(again, "talk");
        await UntilAsync(again, () => later.RepliesTo(seq).Count > 0);
        later.RepliesTo(seq).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
    }

    [Fact]
    public async Task A_stop_lets_the_turns_in_hand_finish()
    {
        using var folder = new TemporaryFolder();
        int seq;
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var stopping = await TestHost.StartAsync(
            folder.Path, configure: services => services.ReplaceHandler<OpeningHandler>(new EndlessHandler(begun, release.Task)));
        seq = await (await Talk.BeginAsync(stopping)).SendAsync("1");
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);

        var stopped = stopping.DisposeAsync();
        release.SetResult();
        await stopped;

        await using var again = await TestHost.StartAsync(
            folder.Path, seed: 2, configure: services => services.ReplaceHandler<OpeningHandler>(new EndlessHandler(new TaskCompletionSource())));
        new Talk(again, "talk").RepliesTo(seq).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
    }

    // Recovery runs beside the start; the test has no other sign of its end than the answer.
    private static async Task UntilAsync(TestHost host, Func<bool> happened)
    {
        while (!happened())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await host.Get<TurnQueue>().WhenIdleAsync("talk", TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            await Task.Yield();
        }
    }

    private sealed class EndlessHandler(TaskCompletionSource begun, Task? released = null) : ICallHandler
    {
        public CallContract Contract { get; } = new("consultation.opening", ["open", "not_yet", "closed", "paused"], ["opening_since", "opening_until", "opening_reason"]);

        public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
        {
            begun.TrySetResult();
            await (released ?? Task.Delay(Timeout.Infinite, cancellationToken)).WaitAsync(cancellationToken);
            return new CallResult("open");
        }
    }
}
