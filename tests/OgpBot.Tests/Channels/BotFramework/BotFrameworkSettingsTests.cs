using System.Diagnostics;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>Wrong settings stop this channel, never the host; a host without it never loads Bot Builder.</summary>
public sealed class BotFrameworkSettingsTests
{
    private const string AppId = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("AppId is not a GUID.", "AppId=my-bot", "AppPassword=x")]
    [InlineData("AppPassword is missing.", "AppId=" + AppId)]
    [InlineData("Cloud is `Mars`; it must be Public, Government or SingleTenant.", "AppId=" + AppId, "AppPassword=x", "Cloud=Mars")]
    [InlineData("TenantId is missing, or is neither a GUID nor a domain.", "AppId=" + AppId, "AppPassword=x", "Cloud=SingleTenant")]
    [InlineData("TenantId is missing, or is neither a GUID nor a domain.", "AppId=" + AppId, "AppPassword=x", "Cloud=singletenant", "TenantId=a/b")]
    [InlineData("MetadataAddress is not an https address.", "AppId=" + AppId, "AppPassword=x", "MetadataAddress=http://example.org/keys")]
    public async Task A_wrong_setting_stops_the_channel_with_one_sentence_and_not_the_host(string sentence, params string[] settings)
    {
        await using var run = await BotFrameworkRun.StartAsync(settings.Select(setting => setting.Split('=')).ToDictionary(pair => $"OgpBot:BotFramework:{pair[0]}", pair => (string?)pair[1]));
        await run.Log.WhenAsync($"The Bot Framework channel has stopped: OgpBot:BotFramework:{sentence}");

        using var answer = await run.Citizen.PostAsync(run.Host.Address, run.Citizen.Message("hola"));
        ((int)answer.StatusCode).ShouldBe(404);
        using var citizen = await CitizenClient.StartAsync(run.Host.Address);
        (await citizen.SayAsync("menú")).ShouldBe("¿Qué quiere hacer?");
    }

    [Fact]
    public async Task Without_settings_it_is_off_and_silent()
    {
        await using var run = await BotFrameworkRun.StartAsync(new Dictionary<string, string?>());

        using var answer = await run.Citizen.PostAsync(run.Host.Address, run.Citizen.Message("hola"));

        ((int)answer.StatusCode).ShouldBe(404);
        run.Log.All.ShouldNotContain(line => line.Contains("Bot Framework", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_Production_nobody_is_anonymous()
    {
        using var folder = new TemporaryFolder();
        var dialogs = folder.CopyDialogs();
        var consultation = Path.Combine(dialogs, "consultation.yaml");
        await File.WriteAllTextAsync(consultation, (await File.ReadAllTextAsync(consultation, Cancel)).Replace("[[", "", StringComparison.Ordinal).Replace("]]", "", StringComparison.Ordinal), Cancel);
        using var host = Start(folder, ("ASPNETCORE_ENVIRONMENT", "Production"), ("OgpBot__BotFramework__AllowAnonymous", "true"), ("OgpBot__DialogsDirectory", dialogs));

        await TheLineAsync(host, "OgpBot:BotFramework:AllowAnonymous is for Development only");

        End(host);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bot_Builder_is_loaded_only_where_the_channel_is_on(bool isOn)
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "there is no /proc that tells what a process has loaded");
        using var folder = new TemporaryFolder();
        await using var connector = await FakeConnector.StartAsync();
        using var anonymous = new BotFrameworkCitizen(connector, "c");
        using var host = Start(folder, ("ASPNETCORE_ENVIRONMENT", "Development"), ("OgpBot__BotFramework__AllowAnonymous", isOn ? "true" : "false"));
        var address = new Uri((await TheLineAsync(host, "Now listening on: ")).Split("Now listening on: ")[1].Trim());

        using var citizen = await CitizenClient.StartAsync(address);
        await citizen.SayAsync("menú");
        using var answer = await anonymous.PostAsync(address, anonymous.Message("hola"));

        answer.IsSuccessStatusCode.ShouldBe(isOn);
        (await File.ReadAllTextAsync($"/proc/{host.Id}/maps", Cancel)).Contains("Microsoft.Bot.", StringComparison.Ordinal).ShouldBe(isOn);
        End(host);
    }

    private static Process Start(TemporaryFolder folder, params (string Name, string Value)[] settings) =>
        OgpBotProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"], settings);

    private static async Task<string> TheLineAsync(Process host, string part)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var said = new List<string>();
        while (await host.StandardError.ReadLineAsync(limit.Token) is { } line)
        {
            said.Add(line);
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"It ended without the line: {string.Join('\n', said)}");
    }

    private static void End(Process host)
    {
        host.Kill();
        host.WaitForExit();
    }
}
