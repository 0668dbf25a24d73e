using Microsoft.Playwright;

namespace OgpBot.Tests.Pages;

/// <summary>The host says no, or the line is poor; the citizen is told, and the text stays.</summary>
public sealed class TroubleTests(Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task A_message_that_the_host_could_not_keep_stays_and_is_sent_again()
    {
        var citizen = await OpenAsync();
        await citizen.ExpectConnectedAsync();
        await citizen.Page.RouteAsync("**/activities", route => route.FulfillAsync(new() { Status = 503, Json = new { error = new { code = "NotKept", message = "…" } } }));
        await citizen.SayAsync("ayuda");
        await Assertions.Expect(citizen.Mine.Last).ToContainTextAsync("no pudo guardar su mensaje");
        await citizen.Page.UnrouteAllAsync();
        await citizen.Page.GetByText("Para contestar, toque un botón").WaitForAsync();
        (await citizen.Mine.CountAsync()).ShouldBe(1);
        await Assertions.Expect(citizen.Mine.Last).Not.ToContainTextAsync("no pudo");
    }

    [Fact]
    public async Task A_message_that_the_host_refuses_comes_back_into_the_box()
    {
        var citizen = await OpenAsync();
        await citizen.ExpectConnectedAsync();
        await citizen.Page.RouteAsync("**/activities", route => route.FulfillAsync(new() { Status = 413, Json = new { error = new { code = "TooLarge", message = "…" } } }));
        await citizen.SayAsync("Un texto que no pasa");
        await Assertions.Expect(citizen.Mine.Last).ToContainTextAsync("No se pudo enviar");
        await Assertions.Expect(citizen.Box).ToHaveValueAsync("Un texto que no pasa");
    }

    [Fact]
    public async Task Where_no_socket_opens_the_page_asks_instead()
    {
        var context = await ContextAsync();
        await context.AddInitScriptAsync("window.WebSocket = class { static OPEN = 1; constructor() { setTimeout(() => this.onclose()); } close() { } }");
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.ToAxisAsync();
        await citizen.FromAxisToSummaryAsync();
        await citizen.ExpectConnectedAsync();
    }

    [Fact]
    public async Task A_button_pressed_before_the_line_is_up_counts()
    {
        var context = await ContextAsync();
        var held = new TaskCompletionSource();
        await context.RouteAsync("**/chat/token", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.PickAsync("Consultar mi folio");
        await Assertions.Expect(citizen.Mine.Last).ToContainTextAsync("Enviando");
        held.SetResult();
        await citizen.ExpectAnswerAsync("Escriba su folio");
        (await citizen.Page.GetByText("¿Qué quiere hacer?").CountAsync()).ShouldBe(1);
    }
}
