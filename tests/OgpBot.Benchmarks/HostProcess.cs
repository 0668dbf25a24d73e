using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OgpBot.Benchmarks;

/// <summary>The host under load, in a process of its own. It ends that one process and no other.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    /// <summary>The variable that tunes this client's sockets; the host must run without it.</summary>
    public const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private const int Terminate = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private HostProcess(Process process, IPEndPoint address)
    {
        _process = process;
        Address = address;
    }

    public IPEndPoint Address { get; }

    public int Id => _process.Id;

    /// <summary>Starts the host on a free port, in the root of its own repository, and waits until <c>/health</c> answers 200.</summary>
    /// <param name="program">OgpBot.dll; null is what this repository publishes.</param>
    /// <param name="dataDirectory">Its data folder.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="telegram">Where a simulated Telegram listens; null: the channel is off.</param>
    public static async Task<HostProcess> StartAsync(string? program, string dataDirectory, CancellationToken cancellation, Uri? telegram = null)
    {
        var root = RepositoryRoot(program is null ? AppContext.BaseDirectory : Path.GetDirectoryName(program)!);
        program ??= Path.Combine(root, "src", "OgpBot", "bin", "Release", "net10.0", RuntimeInformation.RuntimeIdentifier, "publish", "OgpBot.dll");
        if (!File.Exists(program)) throw new FileNotFoundException($"There is no host at {program}: make it with `dotnet publish src/OgpBot`.");

        var address = FreeAddress();
        var process = Process.Start(StartInfo(program, root, dataDirectory, address, telegram)) ?? throw new IOException("The host did not start.");
        var host = new HostProcess(process, address);
        try
        {
            host.ForwardOutput();
            await host.WaitUntilHealthyAsync(cancellation);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = SendSignal(_process.Id, Terminate);
            using var limit = new CancellationTokenSource(StopLimit);
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("The host did not stop within 10 s and is killed.");
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string program, string root, string dataDirectory, IPEndPoint address, Uri? telegram)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { program, "--urls", $"http://{address}" },
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OgpBot__DataDirectory"] = dataDirectory;
        start.Environment["OgpBot__RateLimits__Enabled"] = "false";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment.Remove(InlineCompletions);
        if (telegram is not null)
        {
            start.Environment["OgpBot__Telegram__Token"] = TelegramPeer.Token;
            start.Environment["OgpBot__Telegram__ApiBaseUrl"] = telegram.GetLeftPart(UriPartial.Authority);
            start.Environment["OgpBot__Telegram__MessagesPerSecond"] = "1000";
        }

        return start;
    }

    /// <summary>Stdout holds our results alone, so all that the host prints goes to stderr.</summary>
    private void ForwardOutput()
    {
        DataReceivedEventHandler forward = (_, line) =>
        {
            if (line.Data is not null) Console.Error.WriteLine($"host: {line.Data}");
        };
        _process.OutputDataReceived += forward;
        _process.ErrorDataReceived += forward;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task WaitUntilHealthyAsync(CancellationToken cancellation)
    {
        using var connection = new HttpConnection(Address);
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < StartLimit)
        {
            if (_process.HasExited) throw new IOException($"The host ended with code {_process.ExitCode} before it was ready.");
            try
            {
                if ((await connection.GetAsync("/health")).Status == 200) return;
            }
            catch (IOException)
            {
                // Not listening yet.
            }

            await Task.Delay(5, cancellation);
        }

        throw new TimeoutException("The host was not healthy within 30 s.");
    }

    private static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }

    private static string RepositoryRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "OgpBot.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException("No folder above the program holds OgpBot.sln.");
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int processId, int signal);
}
