namespace OgpBot.Tests.Support;

/// <summary>Tells the time that the test sets; what waits, waits in real time.</summary>
internal sealed class TestClock : TimeProvider
{
    /// <summary>Noon in Mexico City, a Monday.</summary>
    internal static readonly DateTimeOffset Start = new(2026, 11, 16, 18, 0, 0, TimeSpan.Zero);

    private DateTimeOffset now = Start;

    internal void Set(DateTimeOffset moment) => now = moment;

    internal void Advance(TimeSpan time) => now += time;

    public override DateTimeOffset GetUtcNow() => now;
}
