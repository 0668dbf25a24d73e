using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using OgpBot.Hosting;
using OgpBot.Staff.Queue;
using OgpBot.Storage;

namespace OgpBot.Benchmarks;

/// <summary>
/// <c>desk</c>: what a look at the queue costs with many submissions, in this process. Each look is a whole page: rows, count, all facets, and whether there is a
/// page before and after. The aim is 100 ms for 95 of 100 looks.
/// </summary>
internal static class DeskCommand
{
    private static readonly Option<int> Submissions = new("--submissions") { Description = "Submissions in the database.", DefaultValueFactory = _ => 1_000_000 };
    private static readonly Option<int> Looks = new("--looks") { Description = "Times that each look is measured.", DefaultValueFactory = _ => 40 };
    private static readonly Option<DirectoryInfo?> Data = new("--data") { Description = "Data folder to use and keep; filled where it is empty. Default: a temporary one." };

    public static Command Create()
    {
        var command = new Command("desk", "Measure the queue of the review desk in this process.") { Submissions, Looks, Data };
        command.SetAction((parsed, cancellation) => ExecuteAsync(parsed.GetValue(Submissions), parsed.GetValue(Looks), parsed.GetValue(Data)?.FullName, cancellation));
        return command;
    }

    private static async Task<int> ExecuteAsync(int submissions, int looks, string? kept, CancellationToken cancellation)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("ogpbot-desk-").FullName;
        try
        {
            await using var services = Services(folder);
            var isNew = !File.Exists(Path.Combine(folder, "ogpbot.db"));
            await services.GetRequiredService<DatabaseStart>().OnceAsync(cancellation);
            if (isNew)
            {
                var started = Stopwatch.GetTimestamp();
                DeskSubmissions.Fill(services, submissions, cancellation);
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{submissions} submissions stored in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s"));
            }

            await MeasureAsync(services.GetRequiredService<QueueReader>(), looks, cancellation);
            return LoadCommand.Success;
        }
        finally
        {
            if (kept is null) Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(QueueReader reader, int looks, CancellationToken cancellation)
    {
        var choices = await reader.ChoicesAsync(cancellation);
        QueueFilter Filter(params (string Field, string Value)[] fields)
        {
            var problems = new List<(string, string)>();
            var filter = QueueFilter.Read(fields.Select(field => KeyValuePair.Create(field.Field, new StringValues(field.Value))), "reader-01", choices, problems);
            return problems.Count == 0 ? filter : throw new InvalidOperationException($"unknown: {problems[0]}");
        }

        Console.WriteLine($"{"look",-34} {"rows",9} {"p50 ms",8} {"p95 ms",8} {"max ms",8}");
        foreach (var (name, fields) in DeskSubmissions.Filters)
        {
            var filter = Filter(fields);
            await PrintAsync(name, await reader.CountAsync(filter, cancellation), looks, _ => reader.ReadAsync(filter, cancellation));
        }

        var all = Filter();
        var deep = Enumerable.Range(1, looks).Select(at => DeskSubmissions.IdAt((double)at / (looks + 1))).ToList();
        var count = await reader.CountAsync(all, cancellation);
        await PrintAsync("a deep page", count, looks, at => reader.ReadAsync(all.At(QueueFilter.After, deep[at]), cancellation));
        var folios = await reader.FoliosAsync(all, looks, cancellation);
        await PrintAsync("neighbours", count, looks, at => reader.NeighboursAsync(all, folios[at], cancellation));
        var two = Filter((QueueFilter.Axis, "2"), (QueueFilter.Borough, "tlahuac"));
        await PrintAsync("neighbours, axis and borough", await reader.CountAsync(two, cancellation), looks, at => reader.NeighboursAsync(two, folios[at], cancellation));
    }

    private static async Task PrintAsync(string name, long rows, int looks, Func<int, Task> look)
    {
        await look(0);
        var taken = new List<double>();
        for (var at = 0; at < looks; at++)
        {
            var before = Stopwatch.GetTimestamp();
            await look(at);
            taken.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        taken.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-34} {rows,9} {At(taken, 0.5),8:0.0} {At(taken, 0.95),8:0.0} {taken[^1],8:0.0}"));
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];

    private static ServiceProvider Services(string folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOgpBot(new ConfigurationBuilder().AddInMemoryCollection([new("OgpBot:DataDirectory", folder)]).Build());
        return services.BuildServiceProvider();
    }
}
