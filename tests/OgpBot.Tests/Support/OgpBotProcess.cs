using System.Diagnostics;
using System.Text;

namespace OgpBot.Tests.Support;

/// <summary>
/// The built program as people start it: a process of its own, in the repository's root, with data in a folder of the test. It is the one beside the tests,
/// or the published one that <c>OGPBOT_PROGRAM</c> names, which starts in a fraction of the time.
/// </summary>
internal static class OgpBotProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string Program = Environment.GetEnvironmentVariable("OGPBOT_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "OgpBot.dll");
    private static readonly string[] Settings = ["OgpBot__", "ASPNETCORE_", "DOTNET_ENVIRONMENT", "DOTNET_URLS", "URLS", "HTTP_PORTS"];

    internal static async Task<Result> RunAsync(string dataDirectory, IReadOnlyList<string> arguments, string? input = null, params (string Name, string Value)[] settings)
    {
        using var process = Start(dataDirectory, arguments, settings);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = ReadAsync(process.StandardOutput.BaseStream, limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(input ?? ""), limit.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(limit.Token);
            return new Result(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    internal static Process Start(string dataDirectory, IReadOnlyList<string> arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // Nothing of the machine's own settings counts.
        foreach (var name in start.Environment.Keys.Where(name => IsSetting(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["OgpBot__DataDirectory"] = dataDirectory;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static bool IsSetting(string name) =>
        Settings.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    /// <summary>What a process left behind.</summary>
    internal sealed record Result(int Code, byte[] Bytes, string Errors)
    {
        internal string Output => Encoding.UTF8.GetString(Bytes);
    }
}
