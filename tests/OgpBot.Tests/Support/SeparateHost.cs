using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OgpBot.Tests.Support;

/// <summary>The host as a process of its own, which can be killed at any moment. It ends that one process and no other.</summary>
internal sealed class SeparateHost : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly Process process;
    private readonly StringBuilder errors = new();

    private SeparateHost(Process process) => this.process = process;

    /// <summary>Memory in use, in bytes, as the kernel counts it; null where it does not tell.</summary>
    internal long? ResidentBytes
    {
        get
        {
            var file = $"/proc/{process.Id}/status";
            var line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)) : null;
            return line is null ? null : long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1_024;
        }
    }

    /// <summary>Whether it has loaded a file whose path has this in it; null where the kernel does not tell.</summary>
    internal bool? HasLoaded(string part)
    {
        var file = $"/proc/{process.Id}/maps";
        return File.Exists(file) ? File.ReadLines(file).Any(line => line.Contains(part, StringComparison.Ordinal)) : null;
    }

    /// <summary>An address on this machine where nothing listens, for a host that comes back at the same one.</summary>
    internal static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }

    /// <summary>Starts it and waits until it is healthy.</summary>
    internal static async Task<SeparateHost> StartAsync(
        string dataDirectory, Uri address, CancellationToken cancellationToken, params (string Name, string Value)[] settings)
    {
        var host = Launch(dataDirectory, address, settings);
        try
        {
            await host.WaitUntilHealthyAsync(address, cancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>Starts it and waits for nothing.</summary>
    internal static SeparateHost Launch(string dataDirectory, Uri address, params (string Name, string Value)[] settings)
    {
        var host = new SeparateHost(Start(dataDirectory, ["--urls", address.ToString().TrimEnd('/')], settings));
        host.process.ErrorDataReceived += (_, line) => host.errors.AppendLine(line.Data);
        host.process.BeginErrorReadLine();
        host.process.BeginOutputReadLine();
        return host;
    }

    /// <summary>What the program writes when it is run with these arguments to its end.</summary>
    internal static async Task<string> RunAsync(string dataDirectory, CancellationToken cancellationToken, params string[] arguments)
    {
        using var host = new SeparateHost(Start(dataDirectory, arguments, []));
        var errors = host.process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await host.process.StandardOutput.ReadToEndAsync(cancellationToken);
        await host.process.WaitForExitAsync(cancellationToken);
        host.process.ExitCode.ShouldBe(0, await errors);
        return output;
    }

    /// <summary>Ends it as a power cut would (SIGKILL), whatever it was doing.</summary>
    internal async Task KillAsync(CancellationToken cancellationToken)
    {
        process.HasExited.ShouldBeFalse(errors.ToString());
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }

    private static Process Start(string dataDirectory, string[] arguments, (string Name, string Value)[] settings) => OgpBotProcess.Start(
        dataDirectory,
        arguments,
        [
            ("OgpBot__DialogsDirectory", Repository.Dialogs),
            ("OgpBot__ArchiveDirectory", Repository.Archive),
            ("OgpBot__PromptsDirectory", Repository.Prompts),
            ("OgpBot__RateLimits__Enabled", "false"),
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            .. settings.Select(setting => (setting.Name.Replace(":", "__", StringComparison.Ordinal), setting.Value)),
        ]);

    private async Task WaitUntilHealthyAsync(Uri address, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (!await IsHealthyAsync(http, limit.Token))
        {
            process.HasExited.ShouldBeFalse($"the host ended before it was healthy: {errors}");
            await Task.Delay(Pause, limit.Token);
        }
    }

    private static async Task<bool> IsHealthyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("/health", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
