using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace OgpBot.Tests.Pages;

/// <summary>The chat on a city's own site.</summary>
public sealed class EmbedTests(Chromium chromium) : PageTest(chromium)
{
    private readonly Dictionary<string, string?> settings = [];
    private WebApplication? city;

    private protected override Dictionary<string, string?> Settings => settings;

    public override async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        city = builder.Build();
        city.MapGet("/", () => Results.Text($"<!doctype html><title>Ciudad</title><body><script src=\"{Address}embed.js\" defer></script>", "text/html"));
        city.MapGet("/frame", () => Results.Text($"<!doctype html><title>Ciudad</title><body><iframe src=\"{Address}\"></iframe>", "text/html"));
        await city.StartAsync(TestContext.Current.CancellationToken);
        settings["OgpBot:DirectLine:AllowedOrigins:0"] = Site("127.0.0.1");
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await city!.DisposeAsync();
    }

    [Fact]
    public async Task A_citys_own_site_opens_the_chat_in_a_frame()
    {
        var page = await (await ContextAsync()).NewPageAsync();
        await page.GotoAsync(Site("127.0.0.1"));
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Participar en la consulta" });
        await button.ClickAsync();
        var frame = page.FrameLocator("iframe");
        await frame.GetByRole(AriaRole.Button, new() { Name = "Consultar mi folio" }).ClickAsync();
        await Assertions.Expect(frame.Locator(".bot").Last).ToContainTextAsync("Escriba su folio");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cerrar la consulta" }).ClickAsync();
        await Assertions.Expect(page.Locator("iframe")).ToBeHiddenAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task A_site_that_is_not_allowed_gets_a_link_and_can_frame_nothing()
    {
        var page = await (await ContextAsync()).NewPageAsync();
        await page.GotoAsync(Site("localhost"));
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Participar en la consulta" })).ToHaveAttributeAsync("href", Address.ToString());
        await page.GotoAsync($"{Site("localhost")}/frame");
        (await page.FrameLocator("iframe").Locator("#chat").CountAsync()).ShouldBe(0);
    }

    // Two names of one machine are two sites.
    private string Site(string host) => $"http://{host}:{new Uri(city!.Urls.Single()).Port}";
}
