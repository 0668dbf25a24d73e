using Microsoft.Extensions.Hosting;
using Moq;
using OgpBot.Channels.BotFramework;
using OgpBot.Settings;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>Wrong settings stop this channel, never the host; where it is off Bot Builder does nothing.</summary>
public sealed class BotFrameworkSettingsTests
{
    private const string AppId = "0f8fad5b-d9cb-469f-a165-70867728950e";

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

    [Theory]
    [InlineData("Production", false)]
    [InlineData("Development", true)]
    public void Only_in_Development_is_anybody_anonymous(string environment, bool isOn)
    {
        var options = new OgpBotOptions { BotFramework = new BotFrameworkOptions { AllowAnonymous = true } };
        var settings = new BotFrameworkSettings(options, Mock.Of<IHostEnvironment>(host => host.EnvironmentName == environment));

        settings.IsOn.ShouldBe(isOn);
        settings.Refusal.ShouldBe(isOn ? null : "OgpBot:BotFramework:AllowAnonymous is for Development only, since without tokens anybody could write as anybody.");
    }

    [Theory]
    [InlineData("Production", "https://smba.example/", true)]
    [InlineData("Production", "http://smba.example/", false)]
    [InlineData("Production", "http://127.0.0.1:1/", false)]
    [InlineData("Development", "http://localhost:1/", true)]
    [InlineData("Development", "file:///etc/passwd", false)]
    public void Replies_go_out_by_https_and_in_Development_to_this_machine_too(string environment, string service, bool may)
    {
        var options = new OgpBotOptions { BotFramework = new BotFrameworkOptions { AppId = AppId, AppPassword = "x" } };

        new BotFrameworkSettings(options, Mock.Of<IHostEnvironment>(host => host.EnvironmentName == environment)).MaySendTo(new Uri(service)).ShouldBe(may);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bot_Builder_works_only_where_the_channel_is_on(bool isOn)
    {
        // Its own files are opened in any case, since EF looks through every type of the host for migrations; what it needs for any work is not.
        const string NeededForWork = "Newtonsoft.Json.dll";
        using var folder = new TemporaryFolder();
        await using var connector = await FakeConnector.StartAsync();
        using var anonymous = new BotFrameworkCitizen(connector, "c");
        var address = SeparateHost.FreeAddress();
        using var host = await SeparateHost.StartAsync(
            folder.Path, address, TestContext.Current.CancellationToken, ("OgpBot__BotFramework__AllowAnonymous", isOn ? "true" : "false"));
        Assert.SkipUnless(host.HasLoaded("OgpBot.dll") == true, "the kernel does not tell what a process has loaded");

        using var citizen = await CitizenClient.StartAsync(address);
        await citizen.SayAsync("menú");
        using var answer = await anonymous.PostAsync(address, anonymous.Message("hola"));

        answer.IsSuccessStatusCode.ShouldBe(isOn);
        host.HasLoaded(NeededForWork).ShouldBe(isOn);
    }
}
