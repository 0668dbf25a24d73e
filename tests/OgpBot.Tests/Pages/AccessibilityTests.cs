using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Pages;

/// <summary>Axe finds nothing in any state of the page.</summary>
public sealed class AccessibilityTests(Chromium chromium) : PageTest(chromium)
{
    [Theory]
    [Trait("speed", "slow")]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    [InlineData(320, 640, ColorScheme.Light)]
    [InlineData(320, 200, ColorScheme.Dark)] // 1280 × 800 at 400 %
    public async Task Every_state_of_the_dialog_is_accessible(int width, int height, ColorScheme colours)
    {
        TestRun.SkipUnlessAll();
        var context = await ContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.ExpectConnectedAsync();
        await CheckAsync(citizen, "choices");
        await citizen.ToAxisAsync();
        await CheckAsync(citizen, "many choices");
        await citizen.SayAsync("plátano");
        await citizen.ExpectAnswerAsync("No reconocí");
        await CheckAsync(citizen, "not understood");
        await citizen.Box.FillAsync(new string('a', 2_001));
        await citizen.Page.GetByText("Sobran 1 letras").WaitForAsync();
        await CheckAsync(citizen, "too long");
        await citizen.Box.FillAsync("");
        await citizen.PickAsync("Medio ambiente y cambio climático");
        await citizen.PickAsync("Toda la ciudad");
        await citizen.ExpectAnswerAsync("¿Cómo cree");

        await context.SetOfflineAsync(true);
        await Assertions.Expect(citizen.Line).ToContainTextAsync("Sin conexión");
        await citizen.PickAsync("No tengo propuesta");
        await CheckAsync(citizen, "offline");
        await context.SetOfflineAsync(false);
        await citizen.PickAsync("Prefiero no dejar datos");
        await citizen.ExpectAnswerAsync("Revise su aporte");
        await CheckAsync(citizen, "summary");
        await citizen.PickAsync("Enviar");
        await citizen.Folio.WaitForAsync();
        await citizen.Page.Locator("details summary").ClickAsync();
        await CheckAsync(citizen, "receipt");
        await citizen.Page.Locator("#leave").ClickAsync();
        await CheckAsync(citizen, "leaving");
    }

    [Fact]
    public async Task An_empty_page_an_error_and_typing_are_accessible()
    {
        var context = await ContextAsync();
        await context.RouteAsync("**/chat/token", route => route.AbortAsync());
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await Assertions.Expect(citizen.Line).ToContainTextAsync("Sin conexión");
        await CheckAsync(citizen, "error");
        await citizen.Page.EvaluateAsync("document.getElementById('log').replaceChildren()");
        await CheckAsync(citizen, "empty");
        await citizen.Page.EvaluateAsync("document.getElementById('typing').hidden = false");
        await Assertions.Expect(citizen.Page.Locator("#typing")).ToHaveTextAsync("Escribiendo…");
        await CheckAsync(citizen, "typing");
    }

    [Theory]
    [InlineData("/?lang=en")]
    [InlineData("/privacidad")]
    public async Task Other_pages_are_accessible(string path) => await CheckAsync(await OpenAsync(path), path);

    [Fact]
    public async Task The_conversation_is_a_log_that_is_read_out_politely()
    {
        var citizen = await OpenAsync();
        var log = citizen.Page.GetByRole(AriaRole.Log, new() { Name = "Conversación" });
        await Assertions.Expect(log).ToHaveAttributeAsync("aria-live", "polite");
        await Assertions.Expect(citizen.Line).ToHaveAttributeAsync("role", "status");
        await Assertions.Expect(citizen.Page.Locator("html")).ToHaveAttributeAsync("lang", "es");
    }

    private static async Task CheckAsync(CitizenPage citizen, string state)
    {
        var found = await citizen.Page.RunAxe();
        found.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty(state);
        (await citizen.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{state}: sideways scroll");
    }
}
