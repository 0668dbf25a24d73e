namespace OgpBot.Tests.Support;

/// <summary>Tells the time that the test sets; what waits, waits in real time unless the test hurries it.</summary>
internal sealed class TestClock : TimeProvider
{
    /// <summary>Noon in Mexico City, a Monday.</summary>
    internal static readonly DateTimeOffset Start = new(2026, 11, 16, 18, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private DateTimeOffset now = Start;
    private (TimeSpan Length, TaskCompletionSource Seen) watched = (TimeSpan.MinValue, new TaskCompletionSource());

    /// <summary>Waits of just this length, begun from now on, end after a moment; also those for which a timer is set anew.</summary>
    internal TimeSpan? Hurried { get; set; }

    /// <summary>Ends when somebody begins to wait that long.</summary>
    internal Task WhenWaitedFor(TimeSpan length)
    {
        watched = (length, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return watched.Seen.Task;
    }

    internal void Set(DateTimeOffset moment) => now = moment;

    internal void Advance(TimeSpan time) => now += time;

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Watch(dueTime);
        return new TestTimer(this, base.CreateTimer(callback, state, Shortened(dueTime), period));
    }

    private TimeSpan Shortened(TimeSpan dueTime) => dueTime == Hurried ? Moment : dueTime;

    private void Watch(TimeSpan dueTime)
    {
        if (dueTime == watched.Length)
        {
            watched.Seen.TrySetResult();
        }
    }

    private sealed class TestTimer(TestClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Watch(dueTime);
            return timer.Change(clock.Shortened(dueTime), period);
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
