using System.CommandLine;
using System.Diagnostics;

namespace OgpBot.Benchmarks;

/// <summary>
/// <c>start</c>: what a start costs, until the host is ready, until it has answered the first citizen, and until all that it does beside that is done too.
/// Each run begins with an empty data folder; caches that the host keeps there are not yet made.
/// </summary>
internal static class StartCommand
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500), Quiet = TimeSpan.FromSeconds(2), RestLimit = TimeSpan.FromSeconds(60);

    private static readonly Option<int> Runs = new("--runs") { Description = "Starts that are measured.", DefaultValueFactory = _ => 5 };
    private static readonly Option<FileInfo?> Host = new("--host") { Description = "OgpBot.dll of another build: the two are started in turn, and ratios printed." };
    private static readonly Option<bool> Again = new("--again") { Description = "Measure the second start on the same data folder." };

    public static Command Create()
    {
        var command = new Command("start", "Start the host again and again, and print what it costs.") { Runs, Host, Again };
        command.SetAction(async (parsed, cancellation) =>
        {
            await Comparison.PrintAsync(parsed.GetValue(Runs), parsed.GetValue(Host)?.FullName, program => MeasureAsync(program, parsed.GetValue(Again), cancellation));
            return LoadCommand.Success;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string? program, bool again, CancellationToken cancellation)
    {
        var data = Directory.CreateTempSubdirectory("ogpbot-start-").FullName;
        try
        {
            if (again)
            {
                _ = await MeasureAsync(program, data, cancellation);
            }

            return await MeasureAsync(program, data, cancellation);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(string? program, string data, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        await using var host = await HostProcess.StartAsync(program, data, cancellation);
        var ready = (Time: Stopwatch.GetElapsedTime(started), Cpu: await HostMeasures.CpuSecondsAsync(host.Id));

        using var connection = new HttpConnection(host.Address);
        var conversation = await DirectLineConversation.StartAsync(connection, cancellation);
        _ = await conversation.SayAsync(DialogScript.For(0)[0], cancellation);
        var answered = (Time: Stopwatch.GetElapsedTime(started), Cpu: await HostMeasures.CpuSecondsAsync(host.Id));

        await RestAsync(host.Id, cancellation);
        var rest = await HostMeasures.ReadAsync(connection, host.Id);
        return
        [
            new("processor until ready (s)", ready.Cpu),
            new("time until ready (s)", ready.Time.TotalSeconds),
            new("processor until the first answer (s)", answered.Cpu),
            new("time until the first answer (s)", answered.Time.TotalSeconds),
            new("processor until at rest (s)", rest.CpuSeconds),
            new("memory at rest (MB)", rest.ResidentMegabytes),
        ];
    }

    // Work beside the first answer counts too: it is over when the processor has stood still for a while.
    private static async Task RestAsync(int processId, CancellationToken cancellation)
    {
        var (began, quiet, used) = (Stopwatch.GetTimestamp(), TimeSpan.Zero, 0.0);
        while (quiet < Quiet && Stopwatch.GetElapsedTime(began) < RestLimit)
        {
            await Task.Delay(Look, cancellation);
            var now = await HostMeasures.CpuSecondsAsync(processId);
            quiet = now - used < 0.015 ? quiet + Look : TimeSpan.Zero;
            used = now;
        }
    }
}
