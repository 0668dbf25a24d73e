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
    private static readonly Option<int> Timeout = Number("--timeout", "Seconds each run may take.", 300, smallest: 1);
    private static readonly Option<int> Seed = Number("--seed-submissions", "Submissions stored before the host starts.", 0);
    private static readonly Option<bool> Cold = new("--cold") { Description = "No warm-up: what the first dialogs after a start cost." };
    private static readonly Option<string> Channel = new("--channel") { Description = "web or telegram, against a simulated one.", DefaultValueFactory = _ => "web" };
    private static readonly Option<int?> Runs = new("--runs") { Description = "Times that a host is started and measured. Default: 1, with --host 5." };
    private static readonly Option<FileInfo?> Program = new("--host") { Description = "OgpBot.dll of another build: the two are measured in turn, and ratios printed." };
    private static readonly Option<DirectoryInfo?> Data = new("--data") { Description = "Data folder to use and keep. Default: a temporary one." };
    private static readonly Option<int?> ProcessId = new("--pid") { Description = "With --url: the host's process, for CPU and memory." };
    private static readonly Option<IPEndPoint?> Url = new("--url")
    {
        Description = "A host that already runs, as http://127.0.0.1:PORT. Nothing is started or stopped.",
        CustomParser = LocalAddress,
    };

    public static Command Create()
    {
        var command = new Command("load", "Play whole dialogs against a separate host process and print what they cost.")
        {
            Citizens, Dialogs, Warmup, Cold, Channel, Think, Timeout, Seed, Runs, Program, Url, ProcessId, Data,
        };
        Channel.AcceptOnlyFromAmong("web", "telegram");
        command.Validators.Add(RefuseContradictions);
        command.SetAction((parsed, cancellation) => LoadRun.ExecuteAsync(ReadOptions(parsed), cancellation));
        return command;
    }

    private static LoadOptions ReadOptions(ParseResult parsed) => new()
    {
        Citizens = parsed.GetValue(Citizens),
        Dialogs = parsed.GetValue(Dialogs),
        Warmup = parsed.GetValue(Cold) ? 0 : parsed.GetValue(Warmup),
        Think = TimeSpan.FromMilliseconds(parsed.GetValue(Think)),
        Timeout = TimeSpan.FromSeconds(parsed.GetValue(Timeout)),
        SeedSubmissions = parsed.GetValue(Seed),
        Running = parsed.GetValue(Url),
        RunningProcessId = parsed.GetValue(ProcessId),
        Telegram = parsed.GetValue(Channel) == "telegram",
        Runs = parsed.GetValue(Runs) ?? (parsed.GetValue(Program) is null ? 1 : 5),
        OtherProgram = parsed.GetValue(Program)?.FullName,
        DataDirectory = parsed.GetValue(Data)?.FullName,
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
        if (running && (result.GetResult(Program) is not null || result.GetResult(Data) is not null || result.GetValue(Seed) > 0 || result.GetValue(Channel) == "telegram"))
            result.AddError("--url names a host that already runs; --host, --data, --channel telegram and --seed-submissions belong to one that is started.");
        if (result.GetResult(Data) is not null && result.GetResult(Program) is not null) result.AddError("--data keeps one host's folder; with --host there are two.");
        if (!running && result.GetResult(ProcessId) is not null) result.AddError("--pid goes with --url.");
    }
}
