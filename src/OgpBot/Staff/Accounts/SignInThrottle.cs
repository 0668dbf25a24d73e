namespace OgpBot.Staff.Accounts;

/// <summary>
/// Slows down who guesses. After the fifth wrong try within a minute each further one waits, at most a minute. A name that nobody has is treated alike. Kept in
/// memory only: a restart forgets it.
/// </summary>
internal sealed class SignInThrottle(TimeProvider clock)
{
    private const int FirstToWait = 5;
    private const int MostNames = 10_000;
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(1);

    // Who has to wait once is remembered longer, else a pause of a minute would buy five new guesses.
    private static readonly TimeSpan LongMemory = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Tries> tries = [];

    /// <summary>Counts a try before it is looked at, so that tries at the same moment don't slip through.</summary>
    /// <returns>How long to wait, where this try must not be looked at; such a one doesn't count.</returns>
    internal TimeSpan? Begin(string name)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var before = tries.TryGetValue(name, out var known) && !known.IsForgotten(now) ? known : new Tries(0, now);
            if (before.Until > now)
            {
                return before.Until - now;
            }

            MakeRoom(now);
            tries[name] = new Tries(before.Count + 1, now + WaitAfter(before.Count + 1));
            return null;
        }
    }

    /// <summary>The try that began was right: it doesn't count as a wrong one. Wrong ones before it still do.</summary>
    internal void Forgive(string name)
    {
        lock (gate)
        {
            if (tries.TryGetValue(name, out var known))
            {
                tries[name] = new Tries(Math.Max(0, known.Count - 1), clock.GetUtcNow());
            }
        }
    }

    /// <summary>She has signed in: all is forgotten.</summary>
    internal void Clear(string name)
    {
        lock (gate)
        {
            tries.Remove(name);
        }
    }

    private static TimeSpan WaitAfter(int count)
    {
        var doublings = Math.Min(count - FirstToWait, 10);
        return doublings < 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, ShortestWait.Ticks << doublings));
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (tries.Count < MostNames)
        {
            return;
        }

        foreach (var name in tries.Where(entry => entry.Value.IsForgotten(now)).Select(entry => entry.Key).ToList())
        {
            tries.Remove(name);
        }

        if (tries.Count >= MostNames)
        {
            tries.Remove(tries.MinBy(entry => entry.Value.Until).Key);
        }
    }

    private readonly record struct Tries(int Count, DateTimeOffset Until)
    {
        internal bool IsForgotten(DateTimeOffset now) => now - Until >= (Count < FirstToWait ? Memory : LongMemory);
    }
}
