using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Pages;

/// <summary>What the host sends for <c>/</c>.</summary>
public sealed partial class PageFilesTests(Chromium chromium) : PageTest(chromium)
{
    private const int Heaviest = 15 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });

    private protected override Dictionary<string, string?> Settings { get; } = new() { ["OgpBot:DirectLine:AllowedOrigins:0"] = "https://ciudad.example" };

    [Theory]
    [InlineData("br")]
    [InlineData("gzip, deflate")]
    public async Task All_that_the_page_loads_weighs_at_most_15_KB_as_sent(string accepted)
    {
        var weight = 0L;
        foreach (var path in (await AssetsAsync()).Prepend("/"))
        {
            using var answer = await GetAsync(path, accepted);
            answer.Content.Headers.ContentEncoding.ShouldHaveSingleItem().ShouldBe(accepted.Split(',')[0]);
            weight += (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{weight} bytes with {accepted}");
        weight.ShouldBeLessThanOrEqualTo(Heaviest);
    }

    // Another one would be drawn anew, below what the citizen has said meanwhile.
    [Fact]
    public async Task The_welcome_that_comes_with_the_page_is_that_of_the_conversation()
    {
        var page = await http.GetStringAsync(Address, TestContext.Current.CancellationToken);
        using var data = JsonDocument.Parse(Data().Match(page).Groups["json"].Value);
        var early = data.RootElement.GetProperty("welcome").EnumerateArray().Select(message => message.GetProperty("text").GetString()).ToList();
        using var citizen = await CitizenClient.StartAsync(Address);
        await citizen.SayAsync("menú");
        var said = (await citizen.ActivitiesAsync()).Where(activity => activity.GetProperty("from").GetProperty("role").GetString() == "bot");

        early.Count.ShouldBe(2);
        said.Take(early.Count).Select(activity => activity.GetProperty("text").GetString()).ShouldBe(early);
    }

    [Fact]
    public async Task The_page_loads_nothing_that_is_not_counted_and_nothing_from_elsewhere()
    {
        var context = await ContextAsync();
        var asked = new List<string>();
        context.Request += (_, request) => asked.Add(request.Url);
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.ExpectConnectedAsync();
        asked.ShouldAllBe(url => url.StartsWith(Address.ToString(), StringComparison.Ordinal));
        asked.Select(url => new Uri(url).AbsolutePath).Except(await AssetsAsync()).Where(path => !path.StartsWith("/v3/directline/", StringComparison.Ordinal))
            .ShouldBe(["/", "/chat/token"], ignoreOrder: true);
    }

    [Fact]
    public async Task Files_are_kept_for_ever_under_a_hash_and_the_page_never()
    {
        (await AssetsAsync()).Count.ShouldBe(4);
        foreach (var path in await AssetsAsync())
        {
            using var answer = await GetAsync(path);
            answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
        }

        using var page = await GetAsync("/");
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var old = await GetAsync("/app.0123456789.js");
        old.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Answers_forbid_what_the_page_does_not_need()
    {
        using var page = await GetAsync("/");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldNotContain("unsafe");
        policy.ShouldEndWith("frame-ancestors 'self' https://ciudad.example");
        page.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        page.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        page.Headers.Contains("Permissions-Policy").ShouldBeTrue();
        using var token = await http.PostAsync(new Uri(Address, "/chat/token"), null, TestContext.Current.CancellationToken);
        token.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/", "es")]
    [InlineData("/?lang=en", "en")]
    [InlineData("/?lang=xx", "es")]
    public async Task The_page_is_in_Spanish_unless_another_language_is_asked_for(string path, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        request.Headers.AcceptLanguage.ParseAdd("en-US,en;q=0.9");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"<html lang=\"{language}\">");
    }

    [Fact]
    public async Task Without_JavaScript_the_page_tells_what_it_is_and_how_else_to_take_part()
    {
        var citizen = await OpenAsync("/", new() { JavaScriptEnabled = false });
        var words = citizen.Page.Locator("noscript p");
        await Assertions.Expect(words).ToBeVisibleAsync();
        (await words.TextContentAsync()).ShouldNotBeNull().ShouldContain("Aquí se reciben problemas y propuestas para el plan");
        await Assertions.Expect(citizen.Page.GetByText("[[correo de la oficina]]")).ToBeVisibleAsync();
        await Assertions.Expect(citizen.Page.GetByText("La consulta está abierta.")).ToBeVisibleAsync();
        await Assertions.Expect(citizen.Page.Locator("#chat")).ToBeHiddenAsync();
    }

    private async Task<IReadOnlyList<string>> AssetsAsync()
    {
        using var page = await GetAsync("/", "identity");
        return [.. Asset().Matches(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Select(match => match.Groups[1].Value).Distinct()];
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accepted = "br")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, path));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.EnsureSuccessStatusCode();
    }

    [GeneratedRegex("""id="data">(?<json>.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex("(?:src|href)=\"(/[a-z]+\\.[^\"?]+)\"")]
    private static partial Regex Asset();
}
