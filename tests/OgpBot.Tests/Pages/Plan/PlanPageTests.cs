using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using OgpBot.Archive.Plan;
using OgpBot.Dialogs;
using OgpBot.Tests.Archive.Plan;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Pages.Plan;

/// <summary>What the host sends for <c>/plan</c>.</summary>
public sealed partial class PlanPageTests(SharedHost shared) : IClassFixture<SharedHost>, IDisposable
{
    private const int Heaviest = 12 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });

    public void Dispose() => http.Dispose();

    [Theory]
    [InlineData("/plan", "es")]
    [InlineData("/plan?lang=en", "en")]
    [InlineData("/plan?lang=xx", "es")]
    public async Task Every_stage_is_told_with_its_state_its_dates_and_its_source(string path, string language)
    {
        var page = await TextAsync(path);
        var plan = PlanReader.Read(Repository.Archive);
        var words = new PlanWords(shared.Host.Get<Lazy<DialogLibrary>>().Value.Texts[language]);

        page.ShouldContain($"<html lang=\"{language}\">");
        page.ShouldContain(plan.Summary.In(language)[^40..]);
        page.ShouldContain(words.Of(plan.AsOf.Date));
        foreach (var stage in plan.Stages)
        {
            var told = Between(page, $"<li id=\"stage-{stage.Id}\"", "</li>");
            told.ShouldContain($"<h3>{stage.Name.In(language)}</h3>");
            told.ShouldContain($"<span aria-hidden=\"true\">{PlanWords.SignOf(stage.State)}</span> {words.WordOf(stage)}</p>");
            told.ShouldContain(stage.Note.In(language));
            told.ShouldContain("href=\"#doc-");
            foreach (var date in new[] { stage.Planned, stage.Actual }.OfType<PlanDate>())
            {
                told.ShouldContain($"<dd>{words.Of(date)}</dd>");
            }
        }
    }

    [Fact]
    public async Task What_is_overdue_and_what_is_not_known_is_said_in_words()
    {
        var page = await TextAsync("/plan");

        Between(page, "id=\"stage-publication\"", "</li>").ShouldContain("Vencido, no consta que se hiciera");
        Between(page, "id=\"stage-delivery\"", "</li>").ShouldContain("<dt>Previsto</dt><dd>2022</dd><dt>Se hizo</dt><dd class=\"none\">no consta fecha</dd>");
        Between(page, "id=\"stage-validation\"", "</li>").ShouldContain("No consta");
        var unknown = Between(page, "<h2 id=\"unknown\">", "<h2");
        foreach (var text in PlanReader.Read(Repository.Archive).Unknown)
        {
            unknown.ShouldContain(text.In("es"));
        }
    }

    [Fact]
    public async Task Groups_with_who_joined_and_left_events_axes_articles_and_documents_are_there()
    {
        var page = await TextAsync("/plan");
        var plan = PlanReader.Read(Repository.Archive);

        var group = Between(page, "id=\"group-nucleo\"", "</details>");
        group.ShouldContain("institución · entró: 2020 · salió: 11 de enero de 2023");
        group.ShouldContain("sociedad civil · entró: 2020 · salió: marzo de 2023");
        foreach (var text in plan.Events.Select(happened => happened.What.In("es"))
            .Concat(plan.Groups.SelectMany(known => known.Members).Select(member => member.Name))
            .Concat(plan.Axes.Select(axis => axis.Name.In("es")))
            .Concat(plan.Articles.Select(article => article.About.In("es")))
            .Concat(plan.Documents.Select(document => document.Title)))
        {
            page.ShouldContain(text);
        }

        page.ShouldContain("marzo de 2023 (el año, por contexto)");
        page.ShouldContain("href=\"/?lang=es\"");
        page.ShouldContain("<link rel=\"alternate\" type=\"application/atom+xml\"");
        page.ShouldNotContain("{{");
    }

    [Theory]
    [InlineData("/plan")]
    [InlineData("/plan?lang=en")]
    public async Task Headings_go_down_one_level_at_a_time_and_links_within_the_page_lead_somewhere(string path)
    {
        var page = await TextAsync(path);

        int[] levels = [.. Heading().Matches(page).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        levels[0].ShouldBe(1);
        levels.Count(level => level == 1).ShouldBe(1);
        levels.Zip(levels.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First + 1);
        string[] ids = [.. Id().Matches(page).Select(match => match.Groups[1].Value)];
        ids.ShouldBeUnique();
        Anchor().Matches(page).Select(match => match.Groups[1].Value).Except(ids).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_weighs_little_needs_no_script_and_is_not_sent_twice()
    {
        using var first = await GetAsync("/plan", "br");
        var styles = Styles().Matches(await TextAsync("/plan")).Select(match => match.Groups[1].Value).ToList();
        var weight = (await first.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        foreach (var path in styles)
        {
            using var file = await GetAsync(path, "br");
            file.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
            weight += (await file.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{weight} bytes");
        weight.ShouldBeLessThanOrEqualTo(Heaviest);
        styles.Count.ShouldBe(2);
        (await TextAsync("/plan")).ShouldNotContain("<script");
        first.Headers.CacheControl!.NoCache.ShouldBeTrue();
        first.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");

        using var again = await GetAsync("/plan", "br", first.Headers.ETag!.ToString());
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        using var other = await GetAsync("/plan?lang=en", "br", first.Headers.ETag.ToString());
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, new Uri(shared.Host.Address, "/plan")), TestContext.Current.CancellationToken);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_edit_shows_on_page_feed_and_chat_without_a_restart_and_a_broken_one_is_not_seen()
    {
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        var process = Path.Combine(PlanFolder.Copy(folder), "process.yaml");
        await using var host = await TestHost.StartAsync(
            folder.File("data"), new Dictionary<string, string?> { ["OgpBot:ArchiveDirectory"] = folder.Path }, clock: clock);
        var talk = await Talk.BeginAsync(host);
        var before = await TextAsync("/plan", host);

        PlanFolder.Replace(process, "    state: unknown\n    note:\n      es: \"El Consejo", "    actual: 2027-03\n    state: done\n    note:\n      es: \"El Consejo");
        clock.Advance(TimeSpan.FromSeconds(1));
        var edited = await TextAsync("/plan", host);
        Between(edited, "id=\"stage-validation\"", "</li>").ShouldContain("<dd>marzo de 2027</dd>");
        (await TextAsync("/plan.atom", host)).ShouldContain("Validación por el Consejo de Gobierno Abierto: Hecho");
        (await talk.SayAsync("estado")).ShouldContain(text => text.Contains("• Validación por el Consejo de Gobierno Abierto: marzo de 2027", StringComparison.Ordinal));

        PlanFolder.Replace(process, "stages:\n", "stages: [\n");
        clock.Advance(TimeSpan.FromSeconds(1));
        (await TextAsync("/plan", host)).ShouldBe(edited);
        edited.ShouldNotBe(before);
    }

    [Fact]
    public async Task What_the_file_says_is_text_never_markup()
    {
        using var folder = new TemporaryFolder();
        var process = Path.Combine(PlanFolder.Copy(folder), "process.yaml");
        PlanFolder.Replace(process, "es: \"Consulta pública\"", "es: \"<script>alert(1)</script> & {{name}}\"");
        PlanFolder.Replace(folder.File("sources.yaml"), "url: \"\"\n  sha256: 3144", "url: \"javascript:alert(1)\"\n  sha256: 3144");
        await using var host = await TestHost.StartAsync(folder.File("data"), new Dictionary<string, string?> { ["OgpBot:ArchiveDirectory"] = folder.Path });

        var page = await (await http.GetAsync(new Uri(host.Address, "/plan"), TestContext.Current.CancellationToken)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        page.ShouldContain("<h3>&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{name}}</h3>");
        page.ShouldNotContain("<script");
        page.ShouldNotContain("javascript:");
    }

    private async Task<string> TextAsync(string path, TestHost? host = null)
    {
        using var answer = await http.GetAsync(new Uri((host ?? shared.Host).Address, path), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accepted, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shared.Host.Address, path));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        from.ShouldBeGreaterThanOrEqualTo(0, start);
        return text[from..text.IndexOf(end, from + start.Length, StringComparison.Ordinal)];
    }

    [GeneratedRegex("<h([1-6])[ >]")]
    private static partial Regex Heading();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("href=\"#([^\"]+)\"")]
    private static partial Regex Anchor();

    [GeneratedRegex("<link rel=\"stylesheet\" href=\"([^\"]+)\"")]
    private static partial Regex Styles();
}
