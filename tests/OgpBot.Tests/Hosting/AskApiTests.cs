using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OgpBot.Tests.Archive;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Hosting;

/// <summary><c>POST /api/ask</c>: its shape, its limits, and which pages may call it.</summary>
public sealed class AskApiTests(SmallArchiveHost shared) : IClassFixture<SmallArchiveHost>
{
    private const string Question = "¿Cuándo se instaló el comité vecinal?";

    [Fact]
    public async Task An_answer_has_just_these_members()
    {
        using var answer = await AskAsync(new { question = Question, locale = "es-MX" });

        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var body = await answer.JsonAsync();
        Names(body).ShouldBe(["status", "answer", "abstained", "citations"]);
        body.Text("status").ShouldBe("answered");
        body.GetProperty("abstained").ValueKind.ShouldBe(JsonValueKind.False);
        var citation = body.GetProperty("citations").EnumerateArray().ShouldHaveSingleItem();
        Names(citation).ShouldBe(["document", "title", "section", "page", "quote", "date", "url"]);
        citation.Text("document").ShouldBe(SmallArchive.Document);
        citation.Text("quote").ShouldBe(SmallArchive.Installed);
        citation.GetProperty("page").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Accents_stand_as_they_are()
    {
        using var answer = await AskAsync(new { question = Question });

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(SmallArchive.Installed);
    }

    [Theory]
    [InlineData("¿Qué flores se plantaron?", "not_found")]
    [InlineData("¿Qué opinas del comité?", "refused_opinion")]
    [InlineData("Dame una receta de pozole", "off_topic")]
    public async Task What_is_not_answered_is_200_with_its_status_and_no_citation(string question, string status)
    {
        using var answer = await AskAsync(new { question });

        ((int)answer.StatusCode).ShouldBe(200);
        var body = await answer.JsonAsync();
        body.Text("status").ShouldBe(status);
        body.Text("answer").ShouldNotBeNullOrWhiteSpace();
        body.GetProperty("abstained").GetBoolean().ShouldBeTrue();
        body.GetProperty("citations").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("en", "There were four assemblies.")]
    [InlineData("en-US", "There were four assemblies.")]
    [InlineData("EN", "There were four assemblies.")]
    [InlineData("es-MX", "Hubo cuatro asambleas.")]
    [InlineData("fr-FR", "Hubo cuatro asambleas.")]
    [InlineData("", "Hubo cuatro asambleas.")]
    [InlineData(null, "Hubo cuatro asambleas.")]
    public async Task A_language_that_we_do_not_speak_is_answered_in_Spanish(string? locale, string lead)
    {
        using var answer = await AskAsync(new { question = locale?.StartsWith("en", StringComparison.OrdinalIgnoreCase) == true ? "How many assemblies were there?" : "¿Cuántas asambleas hubo?", locale });

        (await answer.JsonAsync()).Text("answer")!.ShouldStartWith(lead);
    }

    public static TheoryData<string> BadBodies =>
    [
        """{"question":""}""",
        """{"question":"  "}""",
        """{"question":null}""",
        "{}",
        "null",
        "[]",
        "",
        """{"question":5}""",
        """{"question":"¿Cuándo""",
        $$"""{"question":"{{new string('a', 501)}}"}""",
    ];

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task What_is_no_question_is_400(string body)
    {
        using var answer = await PostAsync(body);

        await answer.ShouldBeErrorAsync(400);
    }

    [Fact]
    public async Task A_question_of_500_characters_is_read_however_many_bytes_they_have()
    {
        using var answer = await AskAsync(new { question = string.Concat(Enumerable.Repeat("😀", 500)) });

        ((int)answer.StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_413_whether_or_not_it_says_so_before(bool saysSo)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"question":"{{Question}}","more":"{{new string('a', 9 * 1024)}}"}""");
        using HttpContent content = saysSo ? new ByteArrayContent(body) : new StreamContent(new UnknownLength(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var http = new HttpClient { BaseAddress = shared.Host.Address };

        using var answer = await http.PostAsync("/api/ask", content, TestContext.Current.CancellationToken);

        await answer.ShouldBeErrorAsync(413);
    }

    [Theory]
    [InlineData(SmallArchiveHost.AllowedOrigin, true)]
    [InlineData("https://www.example.com", false)]
    public async Task Only_an_allowed_site_may_ask_from_its_pages(string origin, bool allowed)
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/ask")
        {
            Headers = { { "Origin", origin }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "content-type" } },
        };
        http.DefaultRequestHeaders.Add("Origin", origin);

        using var first = await http.SendAsync(preflight, TestContext.Current.CancellationToken);
        using var answer = await http.PostAsync("/api/ask", Json($$"""{"question":"{{Question}}"}"""), TestContext.Current.CancellationToken);

        first.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(allowed);
    }

    [Fact]
    public async Task Too_many_questions_from_one_address_are_429()
    {
        using var folder = new TemporaryFolder();
        var settings = SmallArchive.Settings(folder);
        settings["OgpBot:RateLimits:Enabled"] = "true";
        await using var host = await TestHost.StartAsync(folder.Path, settings);
        using var http = new HttpClient { BaseAddress = host.Address };

        // An empty body costs nothing to refuse, and counts.
        HttpResponseMessage? refused = null;
        var asked = 0;
        for (; asked < 2_600 && refused is null; asked++)
        {
            var answer = await http.PostAsync("/api/ask", Json(""), TestContext.Current.CancellationToken);
            if ((int)answer.StatusCode == 429)
            {
                refused = answer;
            }
            else
            {
                answer.Dispose();
            }
        }

        asked.ShouldBeGreaterThan(1_200);
        using var last = refused.ShouldNotBeNull();
        await last.ShouldBeErrorAsync(429);
        using var page = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        ((int)page.StatusCode).ShouldBe(200);
    }

    private Task<HttpResponseMessage> AskAsync(object request) => PostAsync(JsonSerializer.Serialize(request));

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var http = new HttpClient { BaseAddress = shared.Host.Address };
        return await http.PostAsync("/api/ask", Json(body), TestContext.Current.CancellationToken);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    // A stream whose length nobody can tell is sent in chunks.
    private sealed class UnknownLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
