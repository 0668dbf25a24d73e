using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Privacy;
using OgpBot.Storage;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Conversations;

/// <summary>Many turns in one commit, and each of them whole or not at all.</summary>
public sealed class TurnWriterTests
{
    [Fact]
    public async Task Writes_that_wait_share_one_commit()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        await Talk.BeginAsync(host);
        var writer = host.Get<TurnWriter>();
        var before = writer.Counters.Commits;

        var waiting = await WhileBusyAsync(writer, () => Enumerable.Range(0, 50).Select(n => AcceptAsync(writer, host, $"shared-{n}")).ToList());
        var kept = await Task.WhenAll(waiting);

        // One for the write that held the others up, one for all fifty; what the host writes at its start may come between.
        (writer.Counters.Commits - before).ShouldBeInRange(2, 5);
        kept.Select(accepted => accepted.Seq).Order().ShouldBe(Enumerable.Range(kept.Min(accepted => accepted.Seq), 50));
        new Talk(host, "talk").Activities.Count(activity => activity.Incoming).ShouldBe(50);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_write_that_fails_in_a_shared_commit_does_not_hurt_its_neighbours(bool inTheDatabase)
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        await Talk.BeginAsync(host);
        var writer = host.Get<TurnWriter>();

        Task<Accepted> before = null!, after = null!;
        Task failing = null!;
        await WhileBusyAsync(writer, () =>
        {
            before = AcceptAsync(writer, host, "before");
            failing = writer.WriteAsync(async session =>
            {
                await session.AcceptAsync(new Incoming("talk", "by-half", ActivityKind.Message, "a medias", null), host.Clock.GetUtcNow());
                if (!inTheDatabase)
                {
                    throw new InvalidOperationException("on purpose");
                }

                session.Database.Add(new Citizen { Id = session.Database.Set<Citizen>().AsNoTracking().First().Id });
                return await session.Database.SaveChangesAsync();
            });
            after = AcceptAsync(writer, host, "after");
            return true;
        });

        var error = await failing.ShouldThrowAsync<Exception>();
        error.ShouldBeAssignableTo(inTheDatabase ? typeof(DbUpdateException) : typeof(InvalidOperationException));
        (await before).IsNew.ShouldBeTrue();
        (await after).IsNew.ShouldBeTrue();
        new Talk(host, "talk").Activities.Where(activity => activity.Incoming).Select(activity => activity.Text).ShouldBe(["before", "after"]);
        (await AcceptAsync(writer, host, "later")).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_effects_on_the_same_state_the_second_is_refused_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await Talk.BeginAsync(host);
        var (first, second) = (await talk.KeepAsync("uno", "one"), await talk.KeepAsync("dos", "two"));
        var (version, state) = await StateAsync(host);

        (await ApplyAsync(host, Effect(first, "primera", "consent-1"))).ShouldBeTrue();
        (await ApplyAsync(host, Effect(second, "segunda", "consent-2"))).ShouldBeFalse();

        talk.RepliesTo(first).ShouldBe(["primera"]);
        talk.RepliesTo(second).ShouldBeEmpty();
        (await StateAsync(host)).ShouldBe((version + 1, "{\"by\":\"primera\"}"));
        state.ShouldNotBe("{\"by\":\"primera\"}");
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        (await database.Set<Consent>().Select(consent => consent.Id).ToListAsync(TestContext.Current.CancellationToken)).ShouldBe(["consent-1"]);
        host.Get<ConversationReader>().Unfinished().ShouldBe([("talk", second)]);

        TurnEffect Effect(int seq, string text, string consent) => new(
            "talk", seq, version, $"{{\"by\":\"{text}\"}}", [new Reply(text, null)], [Consent(host, consent)]);
    }

    [Fact]
    public async Task An_effect_whose_rows_can_not_be_stored_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await Talk.BeginAsync(host);
        var seq = await talk.KeepAsync("uno", "one");
        var before = await StateAsync(host);
        var orphan = new Consent { Id = "orphan", CitizenId = "nobody", ConversationId = "talk", NoticeVersion = "1" };

        await Should.ThrowAsync<DbUpdateException>(() => ApplyAsync(host, new TurnEffect("talk", seq, before.Version, "{}", [new Reply("uno", null)], [orphan])));

        (await StateAsync(host)).ShouldBe(before);
        talk.RepliesTo(seq).ShouldBeEmpty();
        host.Get<ConversationReader>().Unfinished().ShouldBe([("talk", seq)]);
    }

    [Fact]
    public async Task A_write_that_was_told_to_have_failed_is_never_kept()
    {
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        await using var host = await TestHost.StartAsync(folder.Path, clock: clock);
        var talk = await Talk.BeginAsync(host);
        var writer = host.Get<TurnWriter>();

        await WhileBusyAsync(writer, async () =>
        {
            clock.Hurried = TimeSpan.FromSeconds(4);
            await Should.ThrowAsync<StorageUnavailableException>(() => AcceptAsync(writer, host, "given-up"));
            clock.Hurried = null;
            return true;
        });

        await AcceptAsync(writer, host, "next");
        talk.Activities.Where(activity => activity.Incoming).Select(activity => activity.Text).ShouldBe(["next"]);
    }

    [Fact]
    public async Task What_waits_when_the_host_stops_is_still_written()
    {
        using var folder = new TemporaryFolder();
        var host = await TestHost.StartAsync(folder.Path);
        await Talk.BeginAsync(host);
        var writer = host.Get<TurnWriter>();
        Task<Accepted> last = null!;
        Task stopped = null!;

        await WhileBusyAsync(writer, () =>
        {
            last = AcceptAsync(writer, host, "last");
            stopped = host.DisposeAsync().AsTask();
            return true;
        });
        await stopped;

        (await last).IsNew.ShouldBeTrue();
        await using var again = await TestHost.StartAsync(folder.Path, seed: 2);
        new Talk(again, "talk").Activities.Select(activity => activity.Text).ShouldContain("last");
    }

    // Holds the writer inside one write, so that what is written meanwhile waits together.
    private static async Task<T> WhileBusyAsync<T>(TurnWriter writer, Func<Task<T>> act)
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var holding = writer.WriteAsync(async _ =>
        {
            begun.TrySetResult();
            await release.Task;
            return true;
        });
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        var result = await act();
        release.SetResult();
        await holding;
        return result;
    }

    private static Task<T> WhileBusyAsync<T>(TurnWriter writer, Func<T> act) => WhileBusyAsync(writer, () => Task.FromResult(act()));

    private static Task<Accepted> AcceptAsync(TurnWriter writer, TestHost host, string text) =>
        writer.WriteAsync(session => session.AcceptAsync(new Incoming("talk", text, ActivityKind.Message, text, null), host.Clock.GetUtcNow()));

    private static Task<bool> ApplyAsync(TestHost host, TurnEffect effect) =>
        host.Get<TurnWriter>().WriteAsync(session => session.ApplyAsync(effect, host.Clock.GetUtcNow()));

    private static Consent Consent(TestHost host, string id)
    {
        using var database = host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContext();
        return new Consent { Id = id, CitizenId = database.Set<Citizen>().Single().Id, ConversationId = "talk", NoticeVersion = "1" };
    }

    private static async Task<(long Version, string? State)> StateAsync(TestHost host)
    {
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var conversation = await database.Set<Conversation>().AsNoTracking().SingleAsync(TestContext.Current.CancellationToken);
        return (conversation.Version, conversation.State);
    }
}
