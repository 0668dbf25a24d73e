namespace OgpBot.Tests.Support;

/// <summary>
/// The clock of a host that lives by a manual one. Delays are the manual clock's. Limits (of a write, a call, a request) never pass: while one runs,
/// the machine is at work and the clock is held. A limit of a minute or more is that of a long poll, where nothing is going on. A pause of some
/// milliseconds is real, for it is made in the middle of such work.
/// </summary>
internal sealed class HeldClock(ManualClock clock, Func<DateTimeOffset>? now = null) : TimeProvider
{
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan LongestReal = TimeSpan.FromMilliseconds(2);

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => now?.Invoke() ?? clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // What Task.WaitAsync hands in is generic; what Task.Delay hands in is not.
        var limits = state is CancellationTokenSource || (state is Task && state.GetType().IsGenericType);
        if (limits && (IsHeld(dueTime) || dueTime == Timeout.InfiniteTimeSpan))
        {
            // Polly sets the time of its limits after it has made them.
            var limit = new Limit(clock, () => clock.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
            limit.Change(dueTime, period);
            return limit;
        }

        var isPause = dueTime > TimeSpan.Zero && dueTime <= LongestReal;
        return (isPause ? System : clock).CreateTimer(callback, state, dueTime, period);
    }

    private static bool IsHeld(TimeSpan time) => time > TimeSpan.Zero && time < LongestHeld;

    private sealed class Limit(ManualClock clock, Func<ITimer> makeTimer) : ITimer
    {
        private IDisposable? hold;
        private ITimer? timer;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            hold?.Dispose();
            hold = IsHeld(dueTime) ? clock.Hold() : null;
            if (hold is null && dueTime != Timeout.InfiniteTimeSpan)
            {
                timer ??= makeTimer();
            }

            return timer?.Change(hold is null ? dueTime : Timeout.InfiniteTimeSpan, period) ?? true;
        }

        public void Dispose()
        {
            hold?.Dispose();
            timer?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
