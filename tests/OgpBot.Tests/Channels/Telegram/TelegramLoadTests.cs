using System.Diagnostics;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Many citizens at once on a very bad day.</summary>
public sealed class TelegramLoadTests
{
    private const int Citizens = 200;

    // Seconds on an idle machine; this only ends what never would.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(8);

    [Fact]
    [Trait("speed", "slow")]
    public async Task On_a_very_bad_day_two_hundred_citizens_get_one_folio_each_and_no_reply_twice()
    {
        TestRun.SkipUnlessAll();
        var real = Stopwatch.StartNew();
        await using var run = await TelegramRun.StartAsync(prepare: api =>
            api.Rates = new FakeFaultRates { P429 = 0.25, P5xx = 0.1, PReset = 0.05, PDuplicate = 0.3, PReversed = 0.3 });
        TelegramCitizen[] citizens = [.. Enumerable.Range(1, Citizens).Select(chat => new TelegramCitizen(run.Api, chat))];

        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(LongestRun);
        await Task.WhenAll(citizens.Select(citizen => citizen.PlayAsync((condition, what) => citizen.UntilAsync(condition, what, end.Token))));
        await citizens[0].UntilAsync(() => run.Api.UnansweredCallbacks == 0 && run.Api.Updates.Waiting == 0, "all answered and confirmed", end.Token);
        await run.StopHostAsync();
        await run.StartHostAsync();

        var stored = (await run.StoredAsync()).ToDictionary(row => row["problem"], row => row["folio"]);
        stored.Count.ShouldBe(Citizens);
        stored.Values.Distinct().Count().ShouldBe(Citizens);
        citizens.ShouldAllBe(citizen => citizen.Folios.Count == 1 && stored[citizen.Problem] == citizen.Folios[0]);
        var repeats = citizens.Sum(citizen => citizen.Written.Count - citizen.Written.Select(reply => reply.Text).Distinct().Count());
        repeats.ShouldBe(run.Api.Counters.GetValueOrDefault("lost_sendMessage"));
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
        run.Api.Counters["fault_429"].ShouldBeGreaterThan(Citizens);
        run.Api.Counters["duplicates"].ShouldBeGreaterThan(10);
        run.Api.Counters["reversals"].ShouldBeGreaterThan(10);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{real.Elapsed} of real time, {run.Clock.GetElapsedTime(0)} of the clock's, {repeats} repeats; {string.Join(", ", run.Api.Counters)}");
    }
}
