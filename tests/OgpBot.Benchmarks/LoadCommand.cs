using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace OgpBot.Benchmarks;

/// <summary>
/// <c>load</c>: plays whole submission dialogs over Direct Line against a host in its own process and prints what they cost.
/// Results go to stdout, progress and the host's log to stderr. It never talks to anything but 127.0.0.1.
/// </summary>
internal static class LoadCommand
{
    public const int Success = 0, Failure = 1, UsageError = 2;

    private static readonly Option<int> Citizens = Number("--citizens", "Citizens that talk at the same time.", 50, smallest: 1);
    private static readonly Option<int> Dialogs = Number("--dialogs", "Dialogs that are played and measured, shared out.", 1_000, smallest: 1);
    private static readonly Option<int> Warmup = Number("--warmup", "Dialogs that are played before, not counted.", 200);
    private static readonly Option<int> Think = Number("--think", "Milliseconds a citizen waits before each turn.", 0);
    private static readonly Option<int> Timeout = Number("--timeout", "Seconds the whole run may take.", 300, smallest: 1);
    private static readonly Option<int> Seed = Number("--seed-submissions", "Submissions stored before the host starts.", 0);
    private static readonly Option<FileInfo?> Program = new("--host") { Description = "OgpBot.dll to start. Default: the Release build." };
    private static readonly Option<DirectoryInfo?> Data = new("--data") { Description = "Data folder to use and keep. Default: a temporary one." };
    private static readonly Option<int?> ProcessId = new("--pid") { Description = "With --url: the host's process, for CPU and memory." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the result as one line of JSON." };
    private static readonly Option<IPEndPoint?> Url = new("--url")
    {
        Description = "A host that already runs, as http://127.0.0.1:PORT. Nothing is started or stopped.",
        CustomParser = LocalAddress,
    };

    public static Command Create()
    {
        var command = new Command("load", "Play whole dialogs against a separate host process and print what they cost.")
        {
            Citizens, Dialogs, Warmup, Think, Timeout, Seed, Program, Url, ProcessId, Data, Json,
        };
        command.Validators.Add(RefuseContradictions);
        command.SetAction((parsed, cancellation) => LoadRun.ExecuteAsync(ReadOptions(parsed), cancellation));
        return command;
    }

    private static LoadOptions ReadOptions(ParseResult parsed) => new()
    {
        Citizens = parsed.GetValue(Citizens),
        Dialogs = parsed.GetValue(Dialogs),
        Warmup = parsed.GetValue(Warmup),
        Think = TimeSpan.FromMilliseconds(parsed.GetValue(Think)),
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(Timeout)),
        SeedSubmissions = parsed.GetValue(Seed),
        Running = parsed.GetValue(Url),
        RunningProcessId = parsed.GetValue(ProcessId),
        Program = parsed.GetValue(Program)?.FullName,
        DataDirectory = parsed.GetValue(Data)?.FullName,
        Json = parsed.GetValue(Json),
    };

    private static Option<int> Number(string name, string description, int standard, int smallest = 0)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < smallest) result.AddError($"{name} must be {smallest} or more.");
        });
        return option;
    }

    private static IPEndPoint? LocalAddress(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp
            && url.Host is "127.0.0.1" or "localhost")
            return new IPEndPoint(IPAddress.Loopback, url.Port);
        result.AddError("--url must look like http://127.0.0.1:PORT.");
        return null;
    }

    private static void RefuseContradictions(CommandResult result)
    {
        var running = result.GetResult(Url) is not null;
        if (running && (result.GetResult(Program) is not null || result.GetResult(Data) is not null || result.GetValue(Seed) > 0))
            result.AddError("--url names a host that already runs; --host, --data and --seed-submissions belong to one that is started.");
        if (!running && result.GetResult(ProcessId) is not null) result.AddError("--pid goes with --url.");
    }
}
