using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace OgpBot.Tests.Pages;

/// <summary>The receipt in a browser: its code, what the code opens, and what is left when all was erased.</summary>
public sealed class ReceiptOnThePageTests(Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task The_receipt_has_a_code_that_opens_the_submission_elsewhere_and_no_server_sees_the_key()
    {
        var citizen = await FiledAsync();
        var (folio, key) = (await citizen.Folio.InnerTextAsync(), await citizen.Page.Locator(".receipt .key").InnerTextAsync());
        var code = citizen.Page.GetByRole(AriaRole.Img, new() { Name = "Código QR de su recibo" });
        var address = QrCode.Read((await code.Locator("path").GetAttributeAsync("d"))!);
        address.ShouldBe($"{Address.GetLeftPart(UriPartial.Authority)}/#{folio}.{key}");
        (await citizen.Page.RunAxe()).Violations.ShouldBeEmpty();
        citizen.Errors.ShouldBeEmpty();

        var context = await ContextAsync();
        var asked = new ConcurrentQueue<string>();
        context.Request += (_, request) => asked.Enqueue(request.Url);
        var other = await CitizenPage.OpenAsync(context, Address, address[(Address.ToString().Length - 1)..]);
        await other.ExpectAnswerAsync("Escriba el folio del aporte");
        await Assertions.Expect(other.Box).ToHaveValueAsync($"{folio} {key}");
        other.Page.Url.ShouldNotContain(key);
        (await other.Page.RunAxe()).Violations.ShouldBeEmpty();
        await other.Box.PressAsync("Enter");
        await other.Page.GetByText(CitizenPage.Problem).WaitForAsync();
        asked.ShouldAllBe(url => !url.Contains(key));

        // A reload shows that the key that was sent is not kept in what she said.
        await other.ExpectAnswerAsync("¿Qué quiere hacer con este aporte?");
        await other.Page.ReloadAsync();
        await other.ExpectAnswerAsync("¿Qué quiere hacer con este aporte?");
        (await other.Mine.AllInnerTextsAsync()).ShouldAllBe(text => !text.Contains(key));
        other.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_key_is_saved_with_the_folio()
    {
        var citizen = await FiledAsync();
        var key = await citizen.Page.Locator(".receipt .key").InnerTextAsync();

        var download = await citizen.Page.RunAndWaitForDownloadAsync(() => citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Guardar" }).ClickAsync());

        (await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken)).ShouldContain($"Su clave privada: {key}");
    }

    [Fact]
    public async Task When_all_was_erased_nothing_of_it_stays_in_sight()
    {
        var citizen = await FiledAsync();
        await citizen.SayAsync("mis datos");
        await citizen.PickAsync("Borrar todo");
        await citizen.PickAsync("Sí, borrar todo");
        await citizen.ExpectAnswerAsync("Listo: borramos todo lo suyo");

        (await citizen.Page.Locator("#log").InnerTextAsync()).ShouldNotContain(CitizenPage.Problem);
        await citizen.Page.ReloadAsync();
        await citizen.ExpectAnswerAsync("Listo: borramos todo lo suyo");
        (await citizen.Page.Locator("#log").InnerTextAsync()).ShouldNotContain(CitizenPage.Problem);
        await citizen.SayAsync("hola");
        await citizen.ExpectAnswerAsync("¿Qué quiere hacer?");
        citizen.Errors.ShouldBeEmpty();
    }

    private async Task<CitizenPage> FiledAsync()
    {
        var citizen = await OpenAsync();
        await citizen.ToAxisAsync();
        await citizen.FromAxisToSummaryAsync();
        await citizen.PickAsync("Enviar");
        await citizen.Folio.WaitForAsync();
        return citizen;
    }
}
