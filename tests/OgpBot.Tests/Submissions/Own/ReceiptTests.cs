using Microsoft.EntityFrameworkCore;
using OgpBot.Privacy;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Own;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Submissions.Own;

/// <summary>What folio and key open, and what they leave behind.</summary>
public sealed class ReceiptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task The_key_is_stored_nowhere_neither_when_it_is_shown_nor_when_it_is_typed()
    {
        using var log = new LogLines();
        await using var host = await TestHost.StartAsync(folder.Path, configure: log.AddTo);
        var key = await FiledAsync(host);
        var other = await Talk.BeginAsync(host, "other");

        await other.SayAsync("mis aportes");
        await other.SayAsync(key.Folio);
        (await other.SayAsync(key.Key))[0].ShouldContain("MARCA");
        await other.SayAsync("menú");
        await other.SayAsync("mis aportes");
        (await other.SayAsync($"{key.Folio} {key.Key}"))[0].ShouldContain("MARCA");

        await host.Get<RetentionSweep>().SweepAsync(TestContext.Current.CancellationToken);
        (await folder.CountInDatabaseAsync(key.Key)).ShouldBe(0);
        (await folder.CountInDatabaseAsync(key.Folio)).ShouldBeGreaterThan(0);
        log.All.ShouldNotContain(line => line.Contains(key.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_guesses_in_one_conversation_after_another_is_slowed_down_across_a_restart_and_the_next_hour_it_opens()
    {
        var clock = new TestClock();
        (string Folio, string Key) key;
        await using (var host = await TestHost.StartAsync(folder.Path, clock: clock))
        {
            key = await FiledAsync(host);
            for (var guess = 0; guess < KeyTries.MostPerHour; guess++)
            {
                (await OpenAsync(host, $"guess-{guess}", $"{key.Folio} AAAA-BBBB-CCCC-{guess:D4}")).ShouldStartWith("No encuentro un aporte");
            }
        }

        await using var again = await TestHost.StartAsync(folder.Path, clock: clock, seed: 2);
        (await OpenAsync(again, "right", $"{key.Folio} {key.Key}")).ShouldStartWith("Hubo demasiados intentos");
        clock.Advance(TimeSpan.FromHours(1));
        (await OpenAsync(again, "later", $"{key.Folio} {key.Key}")).ShouldStartWith("Éste es su aporte");
    }

    [Fact]
    public async Task A_submission_whose_review_has_begun_is_neither_corrected_nor_withdrawn()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await FiledAsync(host);
        var talk = new Talk(host, "talk");
        foreach (var said in new[] { "mis aportes", "Corregirlo", "El eje", "Género e inclusión" })
        {
            await talk.SayAsync(said, $"mine-{said}");
        }

        await SettleAsync(host);
        (await talk.SayAsync("Sí, cambiar", "sure"))[0].ShouldStartWith("Este aporte ya está en revisión");

        await using var database = await DatabaseAsync(host);
        (await database.Set<Submission>().SingleAsync(TestContext.Current.CancellationToken)).Axis.ShouldBeNull();
        (await database.Set<SubmissionVersion>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    public void Dispose() => folder.Dispose();

    internal static async Task<(string Folio, string Key)> FiledAsync(TestHost host, string contact = "Prefiero no dejar datos")
    {
        var talk = await Talk.BeginAsync(host);
        var said = new[] { "1", "Acepto", "MARCA-problema: no hay luz en las calles.", "No estoy seguro", "Toda la ciudad", "No tengo propuesta", contact };
        foreach (var answer in contact.StartsWith("Dejar", StringComparison.Ordinal) ? [.. said, "MARCA-nombre", "MARCA-correo@example.org", "55 0000 0000"] : said)
        {
            await talk.SayAsync(answer);
        }

        var lines = (await talk.SayAsync("Enviar"))[0].Split('\n');
        return (lines[1], lines[3]);
    }

    private static async Task<string> OpenAsync(TestHost host, string conversation, string receipt)
    {
        var talk = await Talk.BeginAsync(host, conversation);
        await talk.SayAsync("mis aportes");
        return (await talk.SayAsync(receipt))[0];
    }

    private static async Task SettleAsync(TestHost host)
    {
        await using var database = await DatabaseAsync(host);
        await database.Set<Submission>().ExecuteUpdateAsync(
            set => set.SetProperty(submission => submission.ReviewState, ReviewState.Withdrawn), TestContext.Current.CancellationToken);
    }

    private static Task<OgpBotDb> DatabaseAsync(TestHost host) => host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
}
