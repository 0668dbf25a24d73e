using System.Diagnostics;

namespace OgpBot.Tests.Support;

/// <summary>
/// A clock that stands until it is moved. Timers ring on the thread that moves it, in the order in which they are due. With
/// <see cref="AutoAdvance"/> it moves itself to the next timer as soon as nothing but timers is waited for, so that a wait of a minute takes
/// a moment. What goes on outside its sight (a request on its way) says so with <see cref="Hold"/>; for the rest it listens a while, the
/// longer the farther it is about to jump, lest a time limit passes because the machine was slow.
/// </summary>
public sealed class ManualClock(DateTimeOffset? start = null) : TimeProvider, IDisposable
{
    private const int ListeningShare = 500;
    private static readonly TimeSpan ShortestListening = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan LongestListening = TimeSpan.FromMilliseconds(100);
    // Other tests may keep the threads busy for as long as they run; work of this clock's own shows itself within that time.
    private static readonly TimeSpan LongestBusy = TimeSpan.FromSeconds(3);
    private static readonly DateTimeOffset UsualStart = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly object gate = new();
    private readonly PriorityQueue<ManualTimer, (long Due, long Order)> timers = new();
    private readonly long startTicks = (start ?? UsualStart).UtcTicks;
    private long nowTicks = (start ?? UsualStart).UtcTicks;
    private long order;
    private long activity;
    private int holds;
    private int live;
    private bool autoAdvance;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers run.</summary>
    public int Timers
    {
        get
        {
            lock (gate)
            {
                return live;
            }
        }
    }

    /// <summary>Moves by itself. Off at first.</summary>
    public bool AutoAdvance
    {
        get
        {
            lock (gate)
            {
                return autoAdvance;
            }
        }
        set
        {
            lock (gate)
            {
                if (value && !autoAdvance)
                {
                    new Thread(MoveByItself) { IsBackground = true, Name = nameof(ManualClock) }.Start();
                }

                autoAdvance = value;
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>The least that one jump covers: with many timers a coarse grain saves many stops. Timers may then ring late, never early.</summary>
    public TimeSpan Grain { get; set; }

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref nowTicks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref nowTicks) - startTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on, and rings all timers on the way.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = Interlocked.Read(ref nowTicks) + by.Ticks;
        while (NextUntil(target) is { } timer)
        {
            timer.Ring();
        }
    }

    /// <summary>Until what it returns is disposed the clock does not move by itself.</summary>
    public IDisposable Hold()
    {
        lock (gate)
        {
            holds++;
            activity++;
        }

        return new Holding(this);
    }

    /// <summary>Lets the clock hold while a request is on its way; one that is meant to take its time (a long poll) is left to the server.</summary>
    public HttpMessageHandler Watch(HttpMessageHandler network) => new WatchingHandler(this, network);

    public void Dispose() => AutoAdvance = false;

    private ManualTimer? NextUntil(long target)
    {
        lock (gate)
        {
            while (timers.TryPeek(out var timer, out var at) && at.Due <= target)
            {
                timers.Dequeue();
                if (timer.IsAt(at.Order))
                {
                    activity++;
                    Interlocked.Exchange(ref nowTicks, Math.Max(nowTicks, at.Due));
                    timer.Rearm(at.Due);
                    return timer;
                }
            }

            Interlocked.Exchange(ref nowTicks, Math.Max(nowTicks, target));
            return null;
        }
    }

    private void MoveByItself()
    {
        var (quiet, still) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        var seen = -1L;
        while (true)
        {
            TimeSpan? jump;
            lock (gate)
            {
                // The only use of real time: to listen whether something still goes on.
                Monitor.Wait(gate, 1);
                if (!autoAdvance)
                {
                    return;
                }

                jump = NextJump();
                if (holds > 0 || activity != seen)
                {
                    seen = activity;
                    quiet.Restart();
                    still.Restart();
                }
                else if (ThreadPool.PendingWorkItemCount > 0)
                {
                    quiet.Restart();
                }
            }

            if (jump is { } by && (quiet.Elapsed >= Listening(by) || still.Elapsed >= LongestBusy))
            {
                Advance(by > Grain ? by : Grain);
            }
        }
    }

    private static TimeSpan Listening(TimeSpan jump)
    {
        var listening = ShortestListening + (jump / ListeningShare);
        return listening < LongestListening ? listening : LongestListening;
    }

    private TimeSpan? NextJump()
    {
        while (timers.TryPeek(out var timer, out var at))
        {
            if (timer.IsAt(at.Order))
            {
                return TimeSpan.FromTicks(Math.Max(0, at.Due - nowTicks));
            }

            timers.Dequeue();
        }

        return null;
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private long armed;
        private TimeSpan repeat = Timeout.InfiniteTimeSpan;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Disarm();
                repeat = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Arm(clock.nowTicks + dueTime.Ticks);
                }
            }

            if (dueTime == TimeSpan.Zero)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => clock.Advance(TimeSpan.Zero), null);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                Disarm();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal bool IsAt(long place) => armed == place;

        internal void Rearm(long due)
        {
            Disarm();
            if (repeat > TimeSpan.Zero)
            {
                Arm(due + repeat.Ticks);
            }
        }

        internal void Ring() => callback(state);

        private void Arm(long due)
        {
            armed = ++clock.order;
            clock.live++;
            clock.activity++;
            clock.timers.Enqueue(this, (due, armed));
        }

        private void Disarm()
        {
            clock.live -= armed == 0 ? 0 : 1;
            armed = 0;
        }
    }

    private sealed class Holding(ManualClock clock) : IDisposable
    {
        private int ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref ended, 1) == 0)
            {
                lock (clock.gate)
                {
                    clock.holds--;
                    clock.activity++;
                }
            }
        }
    }

    private sealed class WatchingHandler(ManualClock clock, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var held = request.RequestUri!.AbsolutePath.EndsWith("/getUpdates", StringComparison.Ordinal) ? null : clock.Hold();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
