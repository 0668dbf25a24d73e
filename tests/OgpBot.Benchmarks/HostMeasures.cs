using System.Globalization;

namespace OgpBot.Benchmarks;

/// <summary>
/// What the host had used up at one moment: CPU and memory from <c>/proc</c>, its counters from <c>GET /health?detail=counters</c>.
/// What cannot be read is null and printed as n/a.
/// </summary>
internal sealed record HostMeasures(double? CpuSeconds, double? ResidentMegabytes, double? PeakMegabytes, CounterReadings Counters)
{
    // Linux reports process times to user space in hundredths of a second whatever the kernel's own tick is.
    private const double ClockTicksPerSecond = 100;

    public static async Task<HostMeasures> ReadAsync(HttpConnection connection, int? processId)
    {
        var counters = await HostCounters.ReadAsync(connection);
        if (processId is not { } id || !Directory.Exists($"/proc/{id}")) return new HostMeasures(null, null, null, counters);

        var status = await File.ReadAllLinesAsync($"/proc/{id}/status");
        return new HostMeasures(await CpuSecondsAsync(id), Megabytes(status, "VmRSS:"), Megabytes(status, "VmHWM:"), counters);
    }

    /// <summary>What a process has used of processors until now.</summary>
    public static async Task<double> CpuSecondsAsync(int processId)
    {
        // proc(5): utime and stime are fields 14 and 15; the name before them may hold spaces, so count from its closing bracket.
        var stat = await File.ReadAllTextAsync($"/proc/{processId}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (Number(fields[11]) + Number(fields[12])) / ClockTicksPerSecond;
    }

    private static double? Megabytes(string[] status, string name)
    {
        var line = status.FirstOrDefault(candidate => candidate.StartsWith(name, StringComparison.Ordinal));
        return line is null ? null : Number(line[name.Length..].Replace("kB", "", StringComparison.Ordinal)) / 1024.0;
    }

    private static long Number(string text) => long.Parse(text.Trim(), CultureInfo.InvariantCulture);
}
