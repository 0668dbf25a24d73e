using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OgpBot.Calls;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Filing;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Conversations;

/// <summary>A room that fails, hangs or gives what can't be stored: the citizen gets an answer and goes on.</summary>
public sealed class TurnFailureTests
{
    private const string Apology = "Algo falló de nuestro lado.";

    private static readonly string[] WholeCity =
        ["1", "Acepto", "No hay baños públicos abiertos en el centro.", "No estoy seguro", "Toda la ciudad", "No tengo propuesta", "Prefiero no dejar datos"];

    [Fact]
    public async Task After_a_handler_that_throws_the_same_message_works_once_it_is_well_again()
    {
        using var folder = new TemporaryFolder();
        var handler = new BrokenHandler(_ => throw new InvalidOperationException("on purpose"));
        await using var host = await TestHost.StartAsync(folder.Path, configure: services => services.ReplaceHandler<OpeningHandler>(handler));
        var talk = await Talk.BeginAsync(host);

        (await talk.SayAsync("1")).ShouldHaveSingleItem().ShouldStartWith(Apology);
        handler.Answer = null;

        (await talk.SayAsync("1")).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_is_given_up_and_its_late_answer_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        var late = new TaskCompletionSource();
        var handler = new BrokenHandler(_ => late.Task);
        await using var host = await TestHost.StartAsync(folder.Path, configure: services => services.ReplaceHandler<OpeningHandler>(handler), clock: clock);
        var talk = await Talk.BeginAsync(host);
        clock.Hurried = DialogRunner.CallLimit;

        (await talk.SayAsync("1")).ShouldHaveSingleItem().ShouldStartWith(Apology);
        late.SetResult();
        handler.Answer = null;

        (await talk.SayAsync("3")).ShouldContain(text => text.StartsWith("Según documentos de 2023, el primer plan se preparó pero no se publicó.", StringComparison.Ordinal));
        talk.Activities.ShouldNotContain(activity => activity.Text!.StartsWith("Paso 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_one_citizen_waits_for_a_slow_room_another_is_answered()
    {
        using var folder = new TemporaryFolder();
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var handler = new BrokenHandler(context =>
        {
            begun.TrySetResult();
            return context.ConversationId == "slow" ? release.Task : Task.CompletedTask;
        });
        await using var host = await TestHost.StartAsync(folder.Path, configure: services => services.ReplaceHandler<OpeningHandler>(handler));
        var slow = await Talk.BeginAsync(host, "slow");
        var other = await Talk.BeginAsync(host, "other");
        var seq = await slow.SendAsync("1");
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);

        (await other.SayAsync("1")).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
        slow.RepliesTo(seq).ShouldBeEmpty();
        release.SetResult();
        await slow.WhenIdleAsync();
        slow.RepliesTo(seq).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
    }

    // The clock hurries every wait of just the limit, so a question that is refused for it would be refused at once.
    [Fact]
    public async Task What_a_room_reads_before_it_can_answer_does_not_count_against_its_limit()
    {
        using var folder = new TemporaryFolder();
        var ready = new TaskCompletionSource();
        var clock = new TestClock();
        await using var host = await TestHost.StartAsync(folder.Path, configure: services => services.ReplaceHandler<OpeningHandler>(new ReadingHandler(ready.Task)), clock: clock);
        var talk = await Talk.BeginAsync(host);
        clock.Hurried = DialogRunner.CallLimit;
        var typing = clock.WhenWaitedFor(TimeSpan.FromSeconds(4));
        var seq = await talk.SendAsync("1");

        await typing.WaitAsync(TestContext.Current.CancellationToken);
        talk.RepliesTo(seq).ShouldBeEmpty();
        ready.SetResult();
        await talk.WhenIdleAsync();

        talk.RepliesTo(seq).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
    }

    [Fact]
    public async Task Rows_that_can_never_be_stored_end_in_an_apology_and_the_draft_stays()
    {
        using var folder = new TemporaryFolder();
        var handler = new OrphanHandler();
        await using var host = await TestHost.StartAsync(folder.Path, configure: services => services.ReplaceHandler<FileHandler>(handler));
        var talk = await Talk.BeginAsync(host);
        foreach (var answer in WholeCity)
        {
            await talk.SayAsync(answer);
        }

        (await talk.SayAsync("Enviar")).ShouldHaveSingleItem().ShouldStartWith(Apology);

        (await talk.SayAsync("Corregir")).ShouldHaveSingleItem().ShouldEndWith("¿Qué quiere corregir?");
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        (await database.Set<Submission>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task A_folio_that_was_drawn_before_is_drawn_again()
    {
        using var folder = new TemporaryFolder();
        var random = new RepeatingRandom([1, 1, 2, 3]);
        await using var host = await TestHost.StartAsync(folder.Path, configure: services => services.Replace(ServiceDescriptor.Singleton<RandomNumberGenerator>(random)));

        var first = await FileAsync(await Talk.BeginAsync(host, "first"));
        var second = await FileAsync(await Talk.BeginAsync(host, "second"));

        // In base 32 the check modulo 37 of eight ones is 16 (G), of eight twos 32 (no letter), of eight threes 11 (B).
        first.ShouldBe("PAGA-1111-1111-G");
        second.ShouldBe("PAGA-3333-3333-B");
        random.Left.ShouldBe(0);
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        (await database.Set<Submission>().Select(submission => submission.Folio).Order().ToListAsync(TestContext.Current.CancellationToken)).ShouldBe([first, second]);
    }

    private static async Task<string> FileAsync(Talk talk)
    {
        foreach (var answer in WholeCity)
        {
            await talk.SayAsync(answer);
        }

        return (await talk.SayAsync("Enviar"))[0].Split('\n')[1];
    }

    // Throws or waits as the test says; without that it is open.
    private sealed class BrokenHandler(Func<CallContext, Task>? answer) : ICallHandler
    {
        internal Func<CallContext, Task>? Answer { get; set; } = answer;

        public CallContract Contract { get; } = new("consultation.opening", ["open", "not_yet", "closed", "paused"], ["opening_since", "opening_until", "opening_reason"]);

        public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
        {
            await (Answer?.Invoke(context) ?? Task.CompletedTask);
            return new CallResult("open");
        }
    }

    private sealed class OrphanHandler : ICallHandler
    {
        public CallContract Contract { get; } = new("submissions.file", ["filed", "not_yet", "closed", "paused"], ["folio", "opening_since", "opening_until", "opening_reason"]);

        public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult(new CallAnswer(new CallResult("filed"), new Contact { SubmissionId = "no such submission" }));
    }

    // A folio takes eight bytes, an id ten.
    private sealed class RepeatingRandom(byte[] draws) : RandomNumberGenerator
    {
        private readonly Queue<byte> draws = new(draws);
        private readonly SeededRandom others = new();

        internal int Left => draws.Count;

        public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

        public override void GetBytes(Span<byte> data)
        {
            if (data.Length == 8)
            {
                data.Fill(draws.Dequeue());
            }
            else
            {
                others.GetBytes(data);
            }
        }
    }

    private sealed class ReadingHandler(Task ready) : ICallHandler
    {
        public CallContract Contract { get; } = new("consultation.opening", ["open", "not_yet", "closed", "paused"], ["opening_since", "opening_until", "opening_reason"]);

        public Task WhenReadyAsync() => ready;

        public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) => ValueTask.FromResult<CallAnswer>(new CallResult("open"));
    }
}
