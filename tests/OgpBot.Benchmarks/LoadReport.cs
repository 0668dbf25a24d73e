namespace OgpBot.Benchmarks;

/// <summary>The figures of one run. CPU, commits and flushes come first: they are steady where times are not.</summary>
internal sealed record LoadReport
{
    public double? HostCpuSecondsPer1000Turns { get; init; }
    public double? CommitsPer1000Turns { get; init; }
    public double? FlushesPer1000Turns { get; init; }
    public int Citizens { get; init; }
    public int Dialogs { get; init; }
    public int Turns { get; init; }
    public double Seconds { get; init; }
    public double? HostRssMegabytes { get; init; }
    public double? HostPeakRssMegabytes { get; init; }
    public double TurnsPerSecond { get; init; }
    public double P50Milliseconds { get; init; }
    public double P95Milliseconds { get; init; }
    public double P99Milliseconds { get; init; }
    public double MaxMilliseconds { get; init; }
    public double ClientCpuSecondsPer1000Turns { get; init; }
    public int Errors { get; init; }

    public static LoadReport Create(LoadOptions options, Played warmup, Played played, HostMeasures before, HostMeasures after, TimeSpan ownCpu)
    {
        var turns = played.Turns.Length;
        return new LoadReport
        {
            HostCpuSecondsPer1000Turns = Per1000(after.CpuSeconds - before.CpuSeconds, turns),
            CommitsPer1000Turns = Per1000(after.Counters.Commits - before.Counters.Commits, turns),
            FlushesPer1000Turns = Per1000(after.Counters.Flushes - before.Counters.Flushes, turns),
            Citizens = options.Citizens,
            Dialogs = played.Dialogs,
            Turns = turns,
            Seconds = Round(played.Elapsed.TotalSeconds),
            HostRssMegabytes = after.ResidentMegabytes is { } now ? Round(now) : null,
            HostPeakRssMegabytes = after.PeakMegabytes is { } peak ? Round(peak) : null,
            TurnsPerSecond = Round(turns / played.Elapsed.TotalSeconds),
            P50Milliseconds = Percentile(played.Turns, 0.50),
            P95Milliseconds = Percentile(played.Turns, 0.95),
            P99Milliseconds = Percentile(played.Turns, 0.99),
            MaxMilliseconds = Percentile(played.Turns, 1),
            ClientCpuSecondsPer1000Turns = Per1000(ownCpu.TotalSeconds, turns) ?? 0,
            Errors = warmup.Errors + played.Errors,
        };
    }

    public IReadOnlyList<Figure> Figures() =>
    [
        new("host CPU seconds per 1,000 turns", HostCpuSecondsPer1000Turns),
        new("commits per 1,000 turns", CommitsPer1000Turns),
        new("disk flushes per 1,000 turns", FlushesPer1000Turns),
        new("citizens", Citizens),
        new("dialogs", Dialogs),
        new("turns", Turns),
        new("seconds", Seconds),
        new("host RSS now (MB)", HostRssMegabytes),
        new("host RSS peak (MB)", HostPeakRssMegabytes),
        new("turns/s", TurnsPerSecond),
        new("p50 per turn (ms)", P50Milliseconds),
        new("p95 per turn (ms)", P95Milliseconds),
        new("p99 per turn (ms)", P99Milliseconds),
        new("max per turn (ms)", MaxMilliseconds),
        new("client CPU seconds per 1,000 turns", ClientCpuSecondsPer1000Turns),
        new("errors", Errors),
    ];

    private static double? Per1000(double? amount, int turns) => amount is { } known && turns > 0 ? Round(known * 1000 / turns) : null;

    private static double Percentile(TimeSpan[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)].TotalMilliseconds);

    private static double Round(double value) => Math.Round(value, 3);
}
