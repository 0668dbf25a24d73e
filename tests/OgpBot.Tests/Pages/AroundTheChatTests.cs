using Microsoft.Playwright;

namespace OgpBot.Tests.Pages;

/// <summary>Links into the page, its language, the receipt, and leaving.</summary>
public sealed class AroundTheChatTests(Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task A_link_begins_the_submission_and_offers_its_text_and_axis()
    {
        var citizen = await OpenAsync("/?eje=3&texto=" + Uri.EscapeDataString(CitizenPage.Problem));
        await citizen.PickAsync("Acepto");
        await citizen.ExpectAnswerAsync("¿Cuál es el problema?");
        await Assertions.Expect(citizen.Box).ToHaveValueAsync(CitizenPage.Problem);
        await citizen.Page.GetByText("Este texto viene del enlace").WaitForAsync();
        await citizen.Box.PressAsync("Enter");
        await Assertions.Expect(citizen.Choice("Medio ambiente y cambio climático")).ToHaveClassAsync("offered");
        (await citizen.Mine.CountAsync()).ShouldBe(3, "the citizen chooses the axis, not the link");
        citizen.Page.Url.ShouldBe(Address.ToString());
    }

    [Fact]
    public async Task A_link_never_speaks_into_a_submission_that_is_under_way()
    {
        var context = await ContextAsync();
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.PickAsync("Enviar un problema o propuesta");
        await citizen.PickAsync("Acepto");
        await citizen.ExpectAnswerAsync("¿Cuál es el problema?");
        await citizen.Page.GotoAsync(new Uri(Address, "/?eje=3").ToString());
        await citizen.ExpectConnectedAsync();
        await citizen.ExpectAnswerAsync("¿Cuál es el problema?");
        (await citizen.Mine.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task The_language_changes_for_the_page_and_the_conversation()
    {
        var citizen = await OpenAsync();
        await citizen.PickAsync("Enviar un problema o propuesta");
        await citizen.ExpectAnswerAsync("¿Está de acuerdo?");
        await citizen.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await citizen.ExpectAnswerAsync("Do you agree?");
        await Assertions.Expect(citizen.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Assertions.Expect(citizen.Line).ToHaveTextAsync("Connected");

        // Who comes back without saying a language finds the conversation's.
        await citizen.Page.GotoAsync(Address.ToString());
        await citizen.ExpectAnswerAsync("Do you agree?");
        await Assertions.Expect(citizen.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
    }

    [Fact]
    public async Task Only_addresses_become_links_and_nothing_becomes_markup()
    {
        var citizen = await OpenAsync();
        await citizen.PickAsync("Enviar un problema o propuesta");
        var link = citizen.LastAnswer.GetByRole(AriaRole.Link);
        await Assertions.Expect(link).ToHaveAttributeAsync("href", new Uri(Address, "/privacidad?lang=es").ToString());
        await Assertions.Expect(link).ToHaveAttributeAsync("rel", "noopener noreferrer");

        const string hostile = "<img src=x onerror=alert(1)> javascript:alert(1) //malo.example http://malo.example";
        await citizen.PickAsync("Acepto");
        await citizen.ExpectAnswerAsync("¿Cuál es el problema?");
        await citizen.SayAsync(hostile);
        await citizen.FromAxisToSummaryAsync();
        await citizen.ExpectAnswerAsync(hostile);
        (await citizen.Page.Locator("#log img").CountAsync()).ShouldBe(0);
        (await citizen.Page.Locator("#log a").CountAsync()).ShouldBe(1);
        citizen.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_folio_can_be_copied_and_kept_with_the_text_that_was_filed()
    {
        var context = await ContextAsync(new() { Permissions = ["clipboard-read", "clipboard-write"], ReducedMotion = ReducedMotion.Reduce });
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.ToAxisAsync();
        await citizen.FromAxisToSummaryAsync();
        await citizen.PickAsync("Enviar");
        var folio = await citizen.Folio.InnerTextAsync();
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Copiar folio" }).ClickAsync();
        await citizen.Page.GetByText("Copiado").WaitForAsync();
        (await citizen.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).ShouldBe(folio);

        var download = await citizen.Page.RunAndWaitForDownloadAsync(() => citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync());
        download.SuggestedFilename.ShouldBe($"{folio}.txt");
        var kept = await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        kept.ShouldContain(folio);
        kept.ShouldContain($"Problema: {CitizenPage.Problem}");

        await citizen.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await citizen.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await Assertions.Expect(citizen.Folio).ToBeVisibleAsync();
        await Assertions.Expect(citizen.Page.Locator("details")).ToContainTextAsync(CitizenPage.Problem);
        await Assertions.Expect(citizen.Box).ToBeHiddenAsync();
        citizen.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaving_erases_the_conversation_from_this_device_in_every_tab()
    {
        var context = await ContextAsync();
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.ExpectConnectedAsync();
        var other = await CitizenPage.OpenAsync(context, Address);
        await citizen.ToAxisAsync();
        await other.ExpectAnswerAsync("¿Con qué tema");
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Salir y borrar de este equipo" }).ClickAsync();
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Sí, salir y borrar" }).ClickAsync();
        foreach (var tab in new[] { citizen, other })
        {
            await tab.Page.GetByText("Listo. En este equipo ya no queda nada").WaitForAsync();
            (await tab.Page.ContentAsync()).ShouldNotContain(CitizenPage.Problem);
            (await tab.Page.EvaluateAsync<int>("localStorage.length + sessionStorage.length")).ShouldBe(0);
        }

        await citizen.Page.ReloadAsync();
        await citizen.ExpectAnswerAsync("¿Qué quiere hacer?");
        await citizen.ExpectConnectedAsync();
        (await citizen.Mine.CountAsync()).ShouldBe(0);
    }
}
