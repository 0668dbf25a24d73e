using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OgpBot.Archive;
using OgpBot.Archive.Answers;
using OgpBot.Hosting;
using OgpBot.Storage;

namespace OgpBot.Benchmarks;

/// <summary>
/// <c>answers</c>: what an answer costs as the archive grows, in this process, one question after the other. The aims are 50 ms for 95 of 100 answers at 10,000
/// passages and no more than three times what they take at a tenth of them, and two minutes to index 50,000.
/// </summary>
internal static class AnswersCommand
{
    private const int Questions = 200;

    private static readonly Option<int> Passages = new("--passages") { Description = "Passages of the archive; a tenth of them is measured before.", DefaultValueFactory = _ => 10_000 };
    private static readonly Option<int> Indexed = new("--index") { Description = "Passages whose indexing is timed; 0: none.", DefaultValueFactory = _ => 50_000 };
    private static readonly Option<int> Seed = new("--seed") { Description = "The same gives the same documents and questions.", DefaultValueFactory = _ => 1 };
    private static readonly Option<DirectoryInfo> Dialogs = new("--dialogs") { Description = "Folder of dialogs.", DefaultValueFactory = _ => new DirectoryInfo("dialogs") };
    private static readonly Option<DirectoryInfo> Archive = new("--archive") { Description = "The archive that is shipped.", DefaultValueFactory = _ => new DirectoryInfo("archive") };

    public static Command Create()
    {
        var command = new Command("answers", "Measure answers from archives of invented documents, and how long they take to index.") { Passages, Indexed, Seed, Dialogs, Archive };
        command.SetAction(ExecuteAsync);
        return command;
    }

    private static async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Console.WriteLine($"{"passages",10} {"indexed s",10} {"answered",9} {"CPU ms",8} {"p50 ms",8} {"p95 ms",8} {"max ms",8}");
        var few = await MeasureAsync(parsed, parsed.GetValue(Passages) / 10, Questions, cancellation);
        var many = await MeasureAsync(parsed, parsed.GetValue(Passages), Questions, cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p95 at ten times the passages: {many / few:0.0} times"));
        if (parsed.GetValue(Indexed) > 0)
        {
            await MeasureAsync(parsed, parsed.GetValue(Indexed), Questions, cancellation);
        }

        return LoadCommand.Success;
    }

    // CPU is the average; it is steady where times are not.
    /// <returns>The p95, in milliseconds.</returns>
    private static async Task<double> MeasureAsync(ParseResult parsed, int passages, int questions, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("ogpbot-answers-").FullName;
        try
        {
            await using var provider = Program(parsed, folder);
            var invented = new InventedDocuments(parsed.GetValue(Seed));
            var files = invented.Write(folder, passages);
            var (time, stored) = await IndexAsync(provider, files, cancellation);
            var pipeline = provider.GetRequiredService<AnswerPipeline>();

            // The first ones pay for the compiler; they are others than those that count.
            Ask(pipeline, invented, questions);
            var before = Environment.CpuUsage.TotalTime;
            var (taken, answered) = Ask(pipeline, invented, questions);
            var cpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / questions;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{stored,10:N0} {time.TotalSeconds,10:0.0} {answered,9} {cpu,8:0.0} {At(taken, 0.5),8:0.0} {At(taken, 0.95),8:0.0} {taken[^1],8:0.0}"));
            return At(taken, 0.95);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServiceProvider Program(ParseResult parsed, string folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOgpBot(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("OgpBot:DataDirectory", folder),
            new("OgpBot:DialogsDirectory", parsed.GetValue(Dialogs)!.FullName),
            new("OgpBot:ArchiveDirectory", parsed.GetValue(Archive)!.FullName),
        ]).Build());
        return services.BuildServiceProvider();
    }

    private static async Task<(TimeSpan Time, int Passages)> IndexAsync(ServiceProvider provider, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        await provider.GetRequiredService<DatabaseStart>().OnceAsync(cancellation);
        var store = provider.GetRequiredService<ArchiveStore>();
        var started = Stopwatch.GetTimestamp();
        var stored = 0;
        foreach (var file in files)
        {
            stored += (await store.AddAsync(file, new DocumentDetails(null, null, null, null), cancellation)).Passages;
        }

        return (Stopwatch.GetElapsedTime(started), stored);
    }

    // Milliseconds of each answer, the shortest first.
    private static (List<double> Taken, int Answered) Ask(AnswerPipeline pipeline, InventedDocuments invented, int questions)
    {
        var taken = new List<double>();
        var answered = 0;
        for (var asked = 0; asked < questions; asked++)
        {
            var question = invented.Question();
            var before = Stopwatch.GetTimestamp();
            answered += pipeline.Answer(question, "es").Abstained ? 0 : 1;
            taken.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        taken.Sort();
        return (taken, answered);
    }

    private static double At(List<double> sorted, double share) => sorted[(int)(share * (sorted.Count - 1))];
}
