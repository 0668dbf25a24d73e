using System.Net.Http.Headers;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Hosting;

/// <summary><c>/health</c> tells everybody whether the host works, and how much it does to its operators alone.</summary>
public sealed class HealthTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData(null, null, true)]
    [InlineData("203.0.113.7", null, false)]
    [InlineData("203.0.113.7", "wrong", false)]
    [InlineData("203.0.113.7", SharedHost.Secret, true)]
    public async Task Counters_are_for_who_asks_on_this_machine_or_has_the_secret(string? forwardedFor, string? secret, bool told)
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        if (forwardedFor is not null)
        {
            http.DefaultRequestHeaders.Add("X-Forwarded-For", forwardedFor);
        }

        http.DefaultRequestHeaders.Authorization = secret is null ? null : new AuthenticationHeaderValue("Bearer", secret);

        using var answer = await http.GetAsync("/health?detail=counters", TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.JsonAsync()).TryGetProperty("turns", out _).ShouldBe(told);
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/privacidad")]
    [InlineData("/plan")]
    [InlineData("/plan.atom")]
    [InlineData("/")]
    [InlineData("/embed.js")]
    public async Task What_can_be_read_can_be_asked_for_without_its_body(string path)
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)answer.StatusCode).ShouldBe(200);
        (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
