namespace OgpBot.Tests.Support;

/// <summary>Tells the time that the test sets; what waits, waits in real time unless the test hurries it.</summary>
internal sealed class TestClock : TimeProvider
{
    /// <summary>Noon in Mexico City, a Monday.</summary>
    internal static readonly DateTimeOffset Start = new(2026, 11, 16, 18, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    private DateTimeOffset now = Start;
    private (TimeSpan Length, TaskCompletionSource Seen) watched = (TimeSpan.MinValue, new TaskCompletionSource());

    /// <summary>Waits of just this length, begun from now on, end after a moment.</summary>
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
        var timer = base.CreateTimer(callback, state, dueTime == Hurried ? Moment : dueTime, period);
        if (dueTime == watched.Length)
        {
            watched.Seen.TrySetResult();
        }

        return timer;
    }
}
