using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>The unmodified npm client <c>botframework-directlinejs</c>, with the sample of its README: it names its user itself.</summary>
public sealed class DirectLineJsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly string[] Packages = ["botframework-directlinejs@0.15.8", "ws@8.18.3", "xhr2@0.2.1"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    [Trait("speed", "slow")]
    public async Task The_sample_of_its_README_talks_with_us_by_secret_and_by_a_token_without_a_user()
    {
        TestRun.SkipUnlessAll();
        using var folder = new TemporaryFolder();
        if (await RunAsync(folder.Path, "npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", .. Packages]) is not (0, _))
        {
            TestRun.SkipForLackOf("npm, or no way to its registry");
        }

        var sample = folder.File("readme-sample.cjs");
        File.Copy(Path.Combine(Repository.Tests, "Channels", "DirectLine", "readme-sample.cjs"), sample);
        var domain = new Uri(shared.Host.Address, "/v3/directline").ToString();
        foreach (var (kind, value) in new[] { ("secret", SharedHost.Secret), ("token", await TokenAsync()) })
        {
            var (code, output) = await RunAsync(folder.Path, "node", [sample, domain, kind, value]);

            code.ShouldBe(0, $"{kind}: {output}");
            var heard = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line)).ToList();
            heard.ShouldContain(line => line.Text("text") == "menú" && line.GetProperty("from").Text("role") == "user");
            heard.ShouldContain(line => line.Text("text") == "¿Qué quiere hacer?" && line.GetProperty("from").Text("role") == "bot");
        }
    }

    private async Task<string> TokenAsync()
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SharedHost.Secret);
        using var answer = await http.PostAsync("/v3/directline/tokens/generate", null, TestContext.Current.CancellationToken);
        return (await answer.JsonAsync()).Text("token")!;
    }

    private static async Task<(int Code, string Output)> RunAsync(string folder, string program, IEnumerable<string> arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 },
        };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, $"there is no {program}");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
