using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OgpBot.Tests.Pages.Plan;

/// <summary><c>/plan</c> as people see it, on a phone and on a desk, by day and by night.</summary>
public sealed class PlanInBrowserTests(Chromium chromium) : PageTest(chromium)
{
    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task It_is_accessible_and_fits(int width, ColorScheme colours)
    {
        var citizen = await OpenAsync("/plan", new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = colours });
        await KeepPictureAsync(citizen, $"plan-{width}-{colours}.png");
        await CheckAsync(citizen);
        await citizen.Page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
        await CheckAsync(citizen);
        await KeepPictureAsync(citizen, $"plan-{width}-{colours}-open.png");
        citizen.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_works_without_JavaScript_and_leads_to_the_chat_and_back()
    {
        var citizen = await OpenAsync("/plan", new() { JavaScriptEnabled = false });
        var image = citizen.Page.GetByRole(AriaRole.Img, new() { Name = "Línea de tiempo de las etapas" });
        await Assertions.Expect(image).ToBeVisibleAsync();
        await Assertions.Expect(citizen.Page.GetByRole(AriaRole.Heading, new() { Name = "Publicación en la Gaceta Oficial" })).ToBeVisibleAsync();
        await citizen.Page.GetByText("Núcleo Promotor (Grupo Promotor)").ClickAsync();
        await Assertions.Expect(citizen.Page.GetByText("salió: 11 de enero de 2023")).ToBeVisibleAsync();
        await citizen.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(citizen.Page.GetByRole(AriaRole.Heading, new() { Name = "How is the plan going?" })).ToBeVisibleAsync();
        await citizen.Page.GetByRole(AriaRole.Link, new() { Name = "Ask or take part in the chat" }).ClickAsync();
        await citizen.Page.GetByRole(AriaRole.Link, new() { Name = "How the plan is going" }).ClickAsync();
        await Assertions.Expect(citizen.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(citizen.Page).ToHaveURLAsync(new Uri(Address, "/plan?lang=en").ToString());
    }

    [Fact]
    public async Task The_chat_tells_the_state_and_links_the_page()
    {
        var citizen = await OpenAsync();
        await citizen.PickAsync("¿Cómo va el plan?");
        await citizen.Page.GetByText("! Vencido, no consta que se hiciera:").WaitForAsync();
        await Assertions.Expect(citizen.Page.Locator("#log").GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", new Uri(Address, "/plan?lang=es").ToString());
    }

    private static async Task CheckAsync(CitizenPage citizen)
    {
        var found = await citizen.Page.RunAxe();
        found.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty();
        (await citizen.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue("sideways scroll");
    }

    // OGPBOT_PICTURES names a folder for whoever wants to look.
    private static async Task KeepPictureAsync(CitizenPage citizen, string name)
    {
        if (Environment.GetEnvironmentVariable("OGPBOT_PICTURES") is { Length: > 0 } folder)
        {
            await citizen.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name), FullPage = true });
        }
    }
}
