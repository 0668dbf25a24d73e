namespace OgpBot.Benchmarks;

/// <summary>The figures of one run. CPU, commits and flushes come first: they are steady where times are not.</summary>
internal sealed record LoadReport(IReadOnlyList<Figure> Figures, int Errors)
{
    public static LoadReport Create(LoadOptions options, Played warmup, Played played, HostMeasures before, HostMeasures after, TimeSpan ownCpu)
    {
        var turns = played.Turns.Length;
        var errors = warmup.Errors + played.Errors;
        return new LoadReport(
            [
                new("host CPU seconds per 1,000 turns", Per1000(after.CpuSeconds - before.CpuSeconds, turns)),
                new("commits per 1,000 turns", Per1000(after.Counters.Commits - before.Counters.Commits, turns)),
                new("disk flushes per 1,000 turns", Per1000(after.Counters.Flushes - before.Counters.Flushes, turns)),
                new("citizens", options.Citizens),
                new("dialogs", played.Dialogs),
                new("turns", turns),
                new("seconds", played.Elapsed.TotalSeconds),
                new("host RSS now (MB)", after.ResidentMegabytes),
                new("host RSS peak (MB)", after.PeakMegabytes),
                new("turns/s", turns / played.Elapsed.TotalSeconds),
                new("p50 per turn (ms)", Percentile(played.Turns, 0.50)),
                new("p95 per turn (ms)", Percentile(played.Turns, 0.95)),
                new("p99 per turn (ms)", Percentile(played.Turns, 0.99)),
                new("max per turn (ms)", Percentile(played.Turns, 1)),
                new("client CPU seconds per 1,000 turns", Per1000(ownCpu.TotalSeconds, turns)),
                new("errors", errors),
            ],
            errors);
    }

    private static double? Per1000(double? amount, int turns) => amount is { } known && turns > 0 ? known * 1000 / turns : null;

    private static double Percentile(TimeSpan[] sorted, double share) =>
        sorted.Length == 0 ? 0 : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)].TotalMilliseconds;
}
