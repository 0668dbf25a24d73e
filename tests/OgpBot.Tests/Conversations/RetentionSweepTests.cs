using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OgpBot.Privacy;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Conversations;

/// <summary>What the privacy notice promises: chat texts go when they are due, and truly.</summary>
public sealed class RetentionSweepTests
{
    private const string Problem = "MARCA-problema: no hay luz en las calles.";

    [Fact]
    public async Task Texts_go_when_the_conversation_was_silent_for_thirty_days_and_not_before()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await WithDraftAsync(host, "talk");

        host.Clock.Advance(TimeSpan.FromDays(30));
        (await SweepAsync(host)).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await SweepAsync(host)).ShouldBe(1);

        talk.Activities.ShouldNotBeEmpty();
        talk.Activities.ShouldAllBe(activity => activity.Text == null && activity.Extra == null);
        (await SweepAsync(host)).ShouldBe(0);
    }

    [Fact]
    public async Task A_word_before_the_thirty_days_are_over_keeps_the_draft()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await WithDraftAsync(host, "talk");

        host.Clock.Advance(TimeSpan.FromDays(29));
        await talk.SayAsync("Mi alcaldía");
        host.Clock.Advance(TimeSpan.FromDays(29));

        (await SweepAsync(host)).ShouldBe(0);
        talk.Activities.ShouldContain(activity => activity.Text == Problem);
    }

    [Fact]
    public async Task After_the_erasure_a_repeated_message_is_still_known_and_a_new_one_begins_anew()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await WithDraftAsync(host, "talk");
        var first = await talk.SendAsync("Transparencia", "kept-id");
        await talk.WhenIdleAsync();
        host.Clock.Advance(TimeSpan.FromDays(31));
        await SweepAsync(host);
        var count = talk.Activities.Count;

        (await talk.SendAsync("Transparencia", "kept-id")).ShouldBe(first);
        await talk.WhenIdleAsync();
        talk.Activities.Count.ShouldBe(count);

        var welcome = await talk.SayAsync("hola");
        welcome[0].ShouldStartWith("Hola, soy OgpBot.");
        (await talk.SayAsync("1")).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
    }

    [Fact]
    public async Task After_a_refused_notice_texts_go_after_twenty_four_hours_and_not_before()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await Talk.BeginAsync(host);
        await talk.SayAsync("MARCA-antes");
        await talk.SayAsync("1");
        await talk.SayAsync("No acepto");

        host.Clock.Advance(TimeSpan.FromHours(24));
        (await SweepAsync(host)).ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await SweepAsync(host)).ShouldBe(1);

        talk.Activities.ShouldAllBe(activity => activity.Text == null && activity.Extra == null);
        await using var database = await DatabaseAsync(host);
        (await database.Set<Consent>().SingleAsync(TestContext.Current.CancellationToken)).Accepted.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_refused_and_accepted_later_keeps_the_draft()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await Talk.BeginAsync(host);
        await talk.SayAsync("1");
        await talk.SayAsync("No acepto");
        await talk.SayAsync("1");
        await talk.SayAsync("Acepto");
        await talk.SayAsync(Problem);

        host.Clock.Advance(TimeSpan.FromDays(2));

        (await SweepAsync(host)).ShouldBe(0);
        talk.Activities.ShouldContain(activity => activity.Text == Problem);
    }

    [Fact]
    public async Task Who_accepted_one_notice_and_refused_the_next_is_forgotten_after_a_day()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        var clock = new TestClock();
        Dictionary<string, string?> settings = new() { ["OgpBot:DialogsDirectory"] = dialogs };
        await using (var host = await TestHost.StartAsync(folder.Path, settings, clock: clock))
        {
            await WithDraftAsync(host, "talk");
        }

        clock.Advance(TimeSpan.FromHours(1));
        var consultation = Path.Combine(dialogs, "consultation.yaml");
        var text = await File.ReadAllTextAsync(consultation, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(consultation, text.Replace("version: \"1\"", "version: \"2\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await using var again = await TestHost.StartAsync(folder.Path, settings, clock: clock, seed: 2);
        var talk = new Talk(again, "talk");
        foreach (var said in new[] { "menú", "Enviar un problema o propuesta", "Continuar", "No acepto" })
        {
            await talk.SayAsync(said, $"again-{said}");
        }

        clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromMilliseconds(1));

        (await SweepAsync(again)).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_filed_stays_when_the_chat_goes()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await WithDraftAsync(host, "talk");
        foreach (var answer in new[] { "No estoy seguro", "Toda la ciudad", "No tengo propuesta", "Prefiero no dejar datos", "Enviar" })
        {
            await talk.SayAsync(answer);
        }

        host.Clock.Advance(TimeSpan.FromDays(31));
        (await SweepAsync(host)).ShouldBe(1);

        await using var database = await DatabaseAsync(host);
        (await database.Set<Submission>().SingleAsync(TestContext.Current.CancellationToken)).Problem.ShouldBe(Problem);
    }

    [Fact]
    public async Task What_is_due_is_erased_by_itself_after_a_start()
    {
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        await using (var host = await TestHost.StartAsync(folder.Path, clock: clock))
        {
            await WithDraftAsync(host, "talk");
        }

        clock.Advance(TimeSpan.FromDays(31));
        clock.Hurried = RetentionSweep.AfterStart;
        await using var again = await TestHost.StartAsync(folder.Path, clock: clock, seed: 2);
        var talk = new Talk(again, "talk");
        while (talk.Activities.Any(activity => activity.Text is not null))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Nothing_of_what_was_erased_is_left_in_the_files()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);

        // Enough, and long enough, that pages are split, moved and freed.
        for (var n = 0; n < 60; n++)
        {
            var talk = await Talk.BeginAsync(host, $"talk-{n}");
            await talk.SayAsync("1", $"{n}-1");
            await talk.SayAsync("Acepto", $"{n}-2");
            await talk.SayAsync($"{Problem} {new string('x', n * 30)} MARCA", $"{n}-3");
            await talk.SayAsync($"MARCA-{new string('y', n * 200)}-MARCA", $"{n}-4");
        }

        (await folder.CountInDatabaseAsync("MARCA")).ShouldBeGreaterThan(0);
        host.Clock.Advance(TimeSpan.FromDays(31));

        (await SweepAsync(host)).ShouldBe(60);

        (await folder.CountInDatabaseAsync("MARCA")).ShouldBe(0);
    }

    [Fact]
    public async Task An_export_that_runs_during_the_sweep_only_delays_the_last_trace()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        await WithDraftAsync(host, "talk");
        host.Clock.Advance(TimeSpan.FromDays(31));
        await using (var reader = new SqliteConnection($"Data Source={folder.File("ogpbot.db")};Pooling=False"))
        {
            await reader.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT count(*) FROM activities";
            await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);

            (await SweepAsync(host)).ShouldBe(1);
            (await folder.CountInDatabaseAsync("MARCA")).ShouldBeGreaterThan(0, "the reader still sees the log as it was");
        }

        await SweepAsync(host);

        (await folder.CountInDatabaseAsync("MARCA")).ShouldBe(0);
    }

    private static async Task<Talk> WithDraftAsync(TestHost host, string id)
    {
        var talk = await Talk.BeginAsync(host, id);
        await talk.SayAsync("1");
        await talk.SayAsync("Acepto");
        (await talk.SayAsync(Problem)).ShouldHaveSingleItem().ShouldStartWith("Paso 3 de 9");
        return talk;
    }

    private static Task<int> SweepAsync(TestHost host) => host.Get<RetentionSweep>().SweepAsync(TestContext.Current.CancellationToken);

    private static Task<OgpBotDb> DatabaseAsync(TestHost host) =>
        host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
}
