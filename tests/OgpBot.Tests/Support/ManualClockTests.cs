namespace OgpBot.Tests.Support;

public sealed class ManualClockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Timers_ring_in_the_order_in_which_they_are_due_each_at_its_time()
    {
        using var clock = new ManualClock();
        var start = clock.GetUtcNow();
        var rung = new List<string>();
        void Note(object? name) => rung.Add($"{name} {(clock.GetUtcNow() - start).TotalSeconds}");
        using var late = clock.CreateTimer(Note, "late", Seconds(3), Timeout.InfiniteTimeSpan);
        using var soon = clock.CreateTimer(Note, "soon", Seconds(1), Seconds(1));

        clock.Advance(Seconds(3));

        rung.ShouldBe(["soon 1", "soon 2", "late 3", "soon 3"]);
        clock.GetElapsedTime(0).ShouldBe(Seconds(3));
        clock.Timers.ShouldBe(1);
    }

    [Fact]
    public void A_timer_that_was_disposed_or_changed_does_not_ring_at_its_old_time()
    {
        using var clock = new ManualClock();
        var rung = 0;
        var gone = clock.CreateTimer(_ => rung++, null, Seconds(1), Timeout.InfiniteTimeSpan);
        using var moved = clock.CreateTimer(_ => rung++, null, Seconds(1), Timeout.InfiniteTimeSpan);
        gone.Dispose();
        moved.Change(Seconds(5), Timeout.InfiniteTimeSpan);

        clock.Advance(Seconds(4));
        rung.ShouldBe(0);

        clock.Advance(Seconds(1));
        rung.ShouldBe(1);
    }

    [Fact]
    public async Task Delays_and_time_limits_end_by_this_clock_alone()
    {
        using var clock = new ManualClock();
        using var limit = new CancellationTokenSource(Seconds(10), clock);
        var delay = Task.Delay(Seconds(10), clock, Cancel);

        clock.Advance(Seconds(9.99));
        (delay.IsCompleted, limit.IsCancellationRequested).ShouldBe((false, false));

        clock.Advance(Seconds(0.01));
        await delay.Soon();
        limit.IsCancellationRequested.ShouldBeTrue();
    }

    [Fact]
    public async Task A_clock_that_moves_by_itself_lets_an_hour_pass_in_a_moment()
    {
        using var clock = new ManualClock { AutoAdvance = true };
        for (var jump = 0; jump < 4; jump++)
        {
            await Task.Delay(TimeSpan.FromMinutes(15), clock, Cancel).Soon();
        }

        clock.GetElapsedTime(0).ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_clock_that_is_held_does_not_move_by_itself()
    {
        using var clock = new ManualClock();
        var held = clock.Hold();
        clock.AutoAdvance = true;
        var delay = Task.Delay(Seconds(1), clock, Cancel);

        // Real time, much longer than it would listen.
        await Task.WhenAny(delay, Task.Delay(100, Cancel));
        delay.IsCompleted.ShouldBeFalse();

        held.Dispose();
        await delay.Soon();
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
