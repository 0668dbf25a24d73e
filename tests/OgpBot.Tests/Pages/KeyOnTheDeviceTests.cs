using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Pages;

/// <summary>The key that the page leaves in a browser, in the hands of whoever finds it later.</summary>
public sealed class KeyOnTheDeviceTests
{
    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task An_expired_key_leads_back_for_30_days_and_no_longer(int days, bool leadsBack)
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        host.Clock.Advance(TimeSpan.FromDays(days));

        using var read = await citizen.Http.GetAsync($"/v3/directline/conversations/{citizen.Conversation}/activities", TestContext.Current.CancellationToken);
        read.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var renewed = await citizen.Http.PostAsync("/chat/token", null, TestContext.Current.CancellationToken);
        var token = await renewed.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        (token.GetProperty("conversationId").GetString() == citizen.Conversation).ShouldBe(leadsBack);
    }
}
