using System.Globalization;
using System.Text;

namespace OgpBot.Benchmarks;

/// <summary>One figure of a run, as it is printed; a figure that can't be had is null.</summary>
internal sealed record Figure(string Name, double? Value);

/// <summary>
/// The same figures of several runs: medians, and beside them those of another build and the ratio. The two builds take turns, so that what else the machine
/// does meets both.
/// </summary>
internal sealed class Comparison
{
    private const int NameWidth = 40, ValueWidth = 12;

    private readonly List<IReadOnlyList<Figure>> own = [], other = [];

    /// <summary>Runs this build and, where one is given, the other, in turn, and prints the table.</summary>
    /// <param name="measure">Measures one build, given by its OgpBot.dll; null is what this repository publishes.</param>
    public static async Task PrintAsync(int runs, string? otherProgram, Func<string?, Task<IReadOnlyList<Figure>>> measure)
    {
        var comparison = new Comparison();
        for (var run = 1; run <= runs; run++)
        {
            await Console.Error.WriteLineAsync($"run {run} of {runs}");
            if (otherProgram is not null)
            {
                comparison.other.Add(await measure(otherProgram));
            }

            comparison.own.Add(await measure(null));
        }

        await Console.Out.WriteLineAsync(comparison.ToTable());
    }

    private string ToTable()
    {
        var table = new StringBuilder();
        var compares = other.Count > 0;
        Line(own.Count > 1 ? $"medians of {own.Count}" : "one run", ["this build", .. compares ? ["other build", "ratio"] : Array.Empty<string>()]);
        for (var at = 0; at < own[0].Count; at++)
        {
            var (mine, its) = (Median(own, at), Median(other, at));
            Line(own[0][at].Name, [Shown(mine), .. compares ? [Shown(its), Shown(mine / (its == 0 ? null : its))] : Array.Empty<string>()]);
        }

        return table.ToString().TrimEnd();

        void Line(string name, string[] values) =>
            table.AppendLine($"{name,-NameWidth}{string.Concat(values.Select(value => value.PadLeft(ValueWidth)))}");
    }

    private static double? Median(List<IReadOnlyList<Figure>> runs, int at)
    {
        var values = runs.Select(run => run[at].Value).Where(value => value is not null).Order().ToArray();
        return values.Length == 0 ? null : values[values.Length / 2];
    }

    private static string Shown(double? value) => value?.ToString("#,0.###", CultureInfo.InvariantCulture) ?? "n/a";
}
