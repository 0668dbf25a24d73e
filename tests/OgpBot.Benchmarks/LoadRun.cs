using System.Net;

namespace OgpBot.Benchmarks;

/// <summary>One run: data folder, host, warm-up, measured dialogs, report. What it started or created is gone afterwards.</summary>
internal static class LoadRun
{
    public static async Task<int> ExecuteAsync(LoadOptions options, CancellationToken cancellation)
    {
        var errors = 0;
        try
        {
            await Comparison.PrintAsync(options.Runs, options.OtherProgram, async program =>
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                limit.CancelAfter(options.Timeout);
                var report = options.Running is { } address
                    ? await MeasureAsync(options, address, options.RunningProcessId, peer: null, limit.Token)
                    : await StartAndMeasureAsync(options, program, limit.Token);
                errors += report.Errors;
                return report.Figures;
            });
            return errors == 0 ? LoadCommand.Success : LoadCommand.Failure;
        }
        catch (OperationCanceledException)
        {
            return Fail(cancellation.IsCancellationRequested ? "Stopped." : $"Not done within --timeout {options.Timeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is IOException or TimeoutException or NotSupportedException or UnauthorizedAccessException)
        {
            return Fail(e.Message);
        }
    }

    private static async Task<LoadReport> StartAndMeasureAsync(LoadOptions options, string? program, CancellationToken cancellation)
    {
        var data = options.DataDirectory ?? Directory.CreateTempSubdirectory("ogpbot-load-").FullName;
        try
        {
            Directory.CreateDirectory(data);
            if (options.SeedSubmissions > 0) await SeedSubmissions.RunAsync(data, options.SeedSubmissions, cancellation);
            await using var peer = options.Telegram ? await TelegramPeer.StartAsync(cancellation) : null;
            await using var host = await HostProcess.StartAsync(program, data, cancellation, peer?.Address);
            return await MeasureAsync(options, host.Address, host.Id, peer, cancellation);
        }
        finally
        {
            if (options.DataDirectory is null) Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<LoadReport> MeasureAsync(
        LoadOptions options, IPEndPoint host, int? processId, TelegramPeer? peer, CancellationToken cancellation)
    {
        using var crowd = new Crowd(host, peer, options, cancellation);
        using var connection = new HttpConnection(host);

        var warmup = await crowd.PlayAsync("warm-up", firstDialog: 0, options.Warmup);
        var before = await HostMeasures.ReadAsync(connection, processId);
        var ownCpu = Environment.CpuUsage.TotalTime;
        var played = await crowd.PlayAsync("measured", firstDialog: options.Warmup, options.Dialogs);
        ownCpu = Environment.CpuUsage.TotalTime - ownCpu;
        var after = await HostMeasures.ReadAsync(connection, processId);

        return LoadReport.Create(options, warmup, played, before, after, ownCpu);
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return LoadCommand.Failure;
    }
}
