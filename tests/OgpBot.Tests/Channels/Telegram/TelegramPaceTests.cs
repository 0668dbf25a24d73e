using OgpBot.Channels.Telegram.Api;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

public sealed class TelegramPaceTests : IDisposable
{
    private readonly ManualClock clock = new();
    private TelegramPace pace;

    public TelegramPaceTests() => pace = new TelegramPace(clock);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => clock.Dispose();

    [Fact]
    public async Task A_chat_gets_three_messages_at_once_and_then_one_a_second() =>
        (await TimesAsync(Enumerable.Repeat(1L, 7))).ShouldBe([0, 0, 0, 1, 2, 3, 4]);

    [Fact]
    public async Task A_pause_fills_the_bucket_again_but_never_above_three()
    {
        await TimesAsync([1, 1, 1]);
        clock.Advance(TimeSpan.FromSeconds(100));

        (await TimesAsync([1, 1, 1, 1, 1])).ShouldBe([100, 100, 100, 101, 102]);
    }

    [Fact]
    public async Task After_a_restart_no_chat_gets_more_than_if_the_last_run_had_used_up_its_bucket()
    {
        pace = new TelegramPace(clock, afterRestart: true);

        (await TimesAsync([1, 1, 1])).ShouldBe([1, 2, 3]);
        clock.Advance(TimeSpan.FromSeconds(100));
        (await TimesAsync([2, 2, 2, 2])).ShouldBe([103, 103, 103, 104]);
    }

    [Fact]
    public async Task All_chats_together_get_thirty_messages_in_any_second_in_the_order_in_which_they_came()
    {
        var all = Enumerable.Range(1, 100).Select(chat => TimeAsync(chat)).ToList();
        for (var second = 1; second <= 3; second++)
        {
            SpinWait.SpinUntil(() => all.Count(one => one.IsCompleted) >= 30 * second, TimeSpan.FromSeconds(20)).ShouldBeTrue();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        var times = await Task.WhenAll(all).Soon();
        times.ShouldBe(Enumerable.Range(0, 100).Select(chat => (double)(chat / 30)));
    }

    [Fact]
    public async Task Who_bought_more_from_Telegram_may_send_more_in_a_second()
    {
        var wide = new TelegramPace(clock, mostPerSecond: 100);
        var sent = 0;
        var all = Enumerable.Range(1, 101).Select(chat => wide.SendAsync(
            chat,
            () =>
            {
                Interlocked.Increment(ref sent);
                return Task.CompletedTask;
            },
            Cancel)).ToList();

        SpinWait.SpinUntil(() => all.Count(one => one.IsCompleted) >= 100, TimeSpan.FromSeconds(20)).ShouldBeTrue();
        sent.ShouldBe(100);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(all).Soon();
    }

    [Fact]
    public async Task A_message_counts_from_the_end_of_its_call_so_that_a_slow_network_brings_none_too_close()
    {
        var slow = new TaskCompletionSource();
        var sending = pace.SendAsync(1, () => slow.Task, Cancel);
        clock.Advance(TimeSpan.FromSeconds(5));
        slow.SetResult();
        await sending.Soon();

        (await TimesAsync([1, 1, 1, 1])).ShouldBe([5, 5, 6, 7]);
    }

    [Fact]
    public async Task Places_of_calls_that_have_not_ended_stay_taken()
    {
        var slow = Thirty();
        clock.Advance(TimeSpan.FromSeconds(5));
        var next = TimeAsync(31);
        next.IsCompleted.ShouldBeFalse();

        await EndAsync(slow.Take(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        (await next.Soon()).ShouldBe(6);
    }

    [Fact]
    public async Task A_retry_after_silences_its_chat_and_no_other()
    {
        pace.Obey(1, TimeSpan.FromSeconds(7));
        pace.Obey(1, TimeSpan.FromSeconds(2));

        (await TimesAsync([2, 1, 1, 1, 1])).ShouldBe([0, 7, 7, 7, 8]);
    }

    [Fact]
    public async Task A_retry_after_for_no_chat_silences_all()
    {
        pace.Obey(null, TimeSpan.FromSeconds(4));

        (await TimesAsync([1, 2])).ShouldBe([4, 4]);
    }

    [Fact]
    public async Task A_retry_after_reaches_a_message_that_already_waits_for_its_place()
    {
        var sent = Thirty();
        var (told, other) = (TimeAsync(99), TimeAsync(98));
        pace.Obey(99, TimeSpan.FromSeconds(10));
        await EndAsync(sent);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await other.Soon()).ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(8.99));
        told.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.01));
        (await told.Soon()).ShouldBe(10);
    }

    [Fact]
    public async Task Edits_wait_for_a_retry_after_but_for_no_bucket()
    {
        await TimesAsync([1, 1, 1]);
        pace.WhenAllowedAsync(1, Cancel).IsCompleted.ShouldBeTrue();

        pace.Obey(1, TimeSpan.FromSeconds(3));
        pace.WhenAllowedAsync(2, Cancel).IsCompleted.ShouldBeTrue();
        var edit = pace.WhenAllowedAsync(1, Cancel);
        clock.Advance(TimeSpan.FromSeconds(2.99));
        edit.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.01));
        await edit.Soon();
    }

    [Fact]
    public async Task One_who_gives_up_waiting_takes_nothing_away()
    {
        using var impatient = new CancellationTokenSource();
        var slow = Thirty();
        var waiting = pace.SendAsync(50, () => Task.CompletedTask, impatient.Token);
        await impatient.CancelAsync();
        await waiting.Soon().ShouldThrowAsync<OperationCanceledException>();
        await EndAsync(slow);
        clock.Advance(TimeSpan.FromSeconds(1));

        (await TimesAsync([50, 50, 50, 50])).ShouldBe([1, 1, 1, 2]);
    }

    [Fact]
    public void Chats_that_have_been_idle_are_forgotten()
    {
        for (var chat = 0; chat < 20_000; chat++)
        {
            pace.Obey(chat, TimeSpan.FromSeconds(1));
            clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        pace.Chats.ShouldBeInRange(100, 512);
    }

    private double Now => clock.GetElapsedTime(0).TotalSeconds;

    // The clock stands until the first message has to wait; from then on all runs on its own thread, so that it can't get ahead.
    private Task<List<double>> TimesAsync(IEnumerable<long> chats) => Task.Run(async () =>
    {
        using var held = clock.Hold();
        clock.AutoAdvance = true;
        var times = new List<double>();
        foreach (var chat in chats)
        {
            var time = TimeAsync(chat);
            if (!time.IsCompleted)
            {
                held.Dispose();
            }

            times.Add(await time);
        }

        clock.AutoAdvance = false;
        return times;
    }).Soon();

    private async Task<double> TimeAsync(long chat)
    {
        var time = double.NaN;
        await pace.SendAsync(
            chat,
            () =>
            {
                time = Now;
                return Task.CompletedTask;
            },
            Cancel);
        return time;
    }

    // Thirty messages that are on their way, and end when they are told to.
    private List<(TaskCompletionSource End, Task Sending)> Thirty() =>
    [
        .. Enumerable.Range(1, 30).Select(chat =>
        {
            var end = new TaskCompletionSource();
            return (end, pace.SendAsync(chat, () => end.Task, Cancel));
        }),
    ];

    private static async Task EndAsync(IEnumerable<(TaskCompletionSource End, Task Sending)> sendings)
    {
        foreach (var (end, sending) in sendings)
        {
            end.SetResult();
            await sending.Soon();
        }
    }
}
