using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>What a citizen finds after a reload, after a month, and after the host was stopped.</summary>
public sealed class DirectLineResumeTests
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    [Fact]
    public async Task An_expired_token_opens_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        host.Clock.Advance(TokenLifetime);

        using var posted = await citizen.PostAsync("hola");
        using var refreshed = await citizen.Http.PostAsync("/v3/directline/tokens/refresh", null, TestContext.Current.CancellationToken);
        using var back = await citizen.Http.GetAsync($"/v3/directline/conversations/{citizen.Conversation}", TestContext.Current.CancellationToken);

        foreach (var answer in new[] { posted, refreshed, back })
        {
            (await answer.ShouldBeErrorAsync(403)).Text("code").ShouldBe("TokenExpired");
        }
    }

    [Fact]
    public async Task A_token_expired_for_thirty_days_comes_back_to_its_conversation()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        await citizen.SayAsync("menú");
        host.Clock.Advance(TokenLifetime + Month - TimeSpan.FromSeconds(1));

        var token = await ResumeAsync(host, citizen.Token);

        token.Text("conversationId").ShouldBe(citizen.Conversation);
        using var back = CitizenClient.Resume(host.Address, token.Text("token")!, citizen.Conversation);
        (await back.ActivitiesAsync()).ShouldContain(activity => activity.Text("text") == "menú");
    }

    [Fact]
    public async Task A_token_expired_for_longer_gets_a_new_conversation()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        host.Clock.Advance(TokenLifetime + Month + TimeSpan.FromSeconds(1));

        (await ResumeAsync(host, citizen.Token)).Text("conversationId").ShouldNotBe(citizen.Conversation);
    }

    [Fact]
    public async Task A_false_token_gets_a_new_conversation()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        var parts = citizen.Token.Split('.');

        foreach (var token in new[] { $"{parts[0]}.{parts[1]}.", $"{parts[0]}..{parts[2]}", "x", "" })
        {
            (await ResumeAsync(host, token)).Text("conversationId").ShouldNotBe(citizen.Conversation);
        }
    }

    [Fact]
    public async Task A_conversation_its_token_and_its_draft_survive_a_restart()
    {
        using var folder = new TemporaryFolder();
        string token, conversation;
        await using (var host = await TestHost.StartAsync(folder.Path))
        {
            using var citizen = await CitizenClient.StartAsync(host.Address);
            (token, conversation) = (citizen.Token, citizen.Conversation);
            await citizen.SayAsync("1");
            await citizen.SayAsync("Acepto");
        }

        await using var again = await TestHost.StartAsync(folder.Path, seed: 2);
        using var back = CitizenClient.Resume(again.Address, token, conversation);

        (await back.SayAsync("En la colonia no hay luz en las calles por la noche.")).ShouldStartWith("Paso 3 de 9");
        (await back.ActivitiesAsync()).Select(activity => activity.Text("text")).ShouldContain("Acepto");
    }

    [Fact]
    public async Task The_key_is_readable_by_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "files have no mode there");
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder.File("directline.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_key_file_that_a_crash_left_empty_is_no_key()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder.File("directline.key"), [], TestContext.Current.CancellationToken);
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        var signed = citizen.Token[..citizen.Token.LastIndexOf('.')];

        var forged = HMACSHA256.HashData(Array.Empty<byte>(), Encoding.ASCII.GetBytes(signed));

        $"{signed}.{Base64Url.EncodeToString(forged)}".ShouldNotBe(citizen.Token);
        new FileInfo(folder.File("directline.key")).Length.ShouldBeGreaterThanOrEqualTo(32);
    }

    [Fact]
    public async Task A_key_that_could_not_be_written_is_tried_again_with_the_next_citizen()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("directline.key"));
        await using var host = await TestHost.StartAsync(folder.Path);
        using var http = new HttpClient { BaseAddress = host.Address };
        using (var refused = await http.PostAsync("/chat/token", null, TestContext.Current.CancellationToken))
        {
            await refused.ShouldBeErrorAsync(503);
        }

        Directory.Delete(folder.File("directline.key"));

        using var citizen = await CitizenClient.StartAsync(host.Address);
        (await citizen.SayAsync("menú")).ShouldNotBeNullOrEmpty();
    }

    private static async Task<JsonElement> ResumeAsync(TestHost host, string token)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/token");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
        return await answer.JsonAsync();
    }
}
