using Microsoft.Playwright;
using OgpBot.Privacy;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Pages;

/// <summary>The host, the network or the page go away in the middle; nothing is lost and nothing comes twice.</summary>
public sealed class AwayTests(Chromium chromium) : PageTest(chromium)
{
    private const string Waiting = "Sin enviar todavía";
    private const string Offline = "Sin conexión";

    [Fact]
    public async Task A_reload_in_the_middle_shows_the_conversation_as_it_was()
    {
        var citizen = await OpenAsync();
        await citizen.ToAxisAsync();
        var before = await citizen.Page.Locator("#log").InnerTextAsync();
        await citizen.Box.FillAsync("Algo a medio escribir");

        await citizen.Page.ReloadAsync();
        await citizen.ExpectAnswerAsync("¿Con qué tema");
        (await citizen.Page.Locator("#log").InnerTextAsync()).ShouldBe(before);
        await Assertions.Expect(citizen.Box).ToHaveValueAsync("Algo a medio escribir");
        await citizen.FromAxisToSummaryAsync();
        citizen.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_written_while_the_host_restarts_is_sent_once_when_it_is_back()
    {
        var citizen = await OpenAsync();
        await citizen.PickAsync("Enviar un problema o propuesta");
        await citizen.PickAsync("Acepto");
        await citizen.ExpectAnswerAsync("¿Cuál es el problema?");
        await StopHostAsync();
        await citizen.SayAsync(CitizenPage.Problem);
        await Assertions.Expect(citizen.Mine.Last).ToContainTextAsync(Waiting);
        await Assertions.Expect(citizen.Line).ToContainTextAsync(Offline);

        await StartHostAgainAsync();
        await citizen.ExpectAnswerAsync("¿Con qué tema");
        await Assertions.Expect(citizen.Mine.Last).Not.ToContainTextAsync(Waiting);
        (await citizen.Page.GetByText(CitizenPage.Problem).CountAsync()).ShouldBe(1);
        await citizen.ExpectConnectedAsync();
        await citizen.FromAxisToSummaryAsync();
        await citizen.PickAsync("Enviar");
        await Assertions.Expect(citizen.Folio).ToBeVisibleAsync();
        (await SubmissionsAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_is_written_without_a_network_survives_a_closed_page()
    {
        var context = await ContextAsync();
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.PickAsync("Enviar un problema o propuesta");
        await citizen.PickAsync("Acepto");
        await citizen.ExpectAnswerAsync("¿Cuál es el problema?");
        await context.SetOfflineAsync(true);
        await Assertions.Expect(citizen.Line).ToContainTextAsync(Offline);
        await citizen.SayAsync(CitizenPage.Problem);
        await Assertions.Expect(citizen.Mine.Last).ToContainTextAsync(Waiting);
        await citizen.Page.CloseAsync();

        await context.SetOfflineAsync(false);
        var again = await CitizenPage.OpenAsync(context, Address);
        await again.ExpectAnswerAsync("¿Con qué tema");
        (await again.Page.GetByText(CitizenPage.Problem).CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_page_that_was_offline_for_a_minute_goes_on_by_itself()
    {
        var context = await ContextAsync();
        await context.Clock.InstallAsync();
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.PickAsync("Enviar un problema o propuesta");
        await citizen.ExpectAnswerAsync("¿Está de acuerdo?");
        await context.SetOfflineAsync(true);
        await Assertions.Expect(citizen.Line).ToContainTextAsync(Offline);
        await citizen.PickAsync("Acepto");

        // The minute passes on the page's own clock, by which it tries again and again.
        for (var tries = 1; tries <= 5; tries++)
        {
            var failed = new TaskCompletionSource();
            context.RequestFailed += (_, _) => failed.TrySetResult();
            await context.Clock.RunForAsync(15_000);
            await failed.Task.Soon();
            await Assertions.Expect(citizen.Line).ToContainTextAsync(Offline);
        }

        await Assertions.Expect(citizen.Mine.Last).ToContainTextAsync(Waiting);
        await context.SetOfflineAsync(false);
        await citizen.ExpectAnswerAsync("¿Cuál es el problema?");
        await citizen.ExpectConnectedAsync();
        (await citizen.Mine.CountAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task Two_tabs_show_one_conversation()
    {
        var context = await ContextAsync();
        var one = await CitizenPage.OpenAsync(context, Address);
        await one.ExpectConnectedAsync();
        var two = await CitizenPage.OpenAsync(context, Address);
        await one.ToAxisAsync();
        await two.ExpectAnswerAsync("¿Con qué tema");
        await two.FromAxisToSummaryAsync();
        await one.PickAsync("Enviar");
        (await two.Folio.InnerTextAsync()).ShouldBe(await one.Folio.InnerTextAsync());
        foreach (var tab in new[] { one, two })
        {
            (await tab.Mine.CountAsync()).ShouldBe(8);
            tab.Errors.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Two_tabs_that_open_at_once_at_a_first_visit_show_one_conversation()
    {
        var context = await ContextAsync();
        var loaded = new TaskCompletionSource();
        await context.RouteAsync("**/chat/token", async route =>
        {
            await loaded.Task;
            await route.ContinueAsync();
        });
        var one = await CitizenPage.OpenAsync(context, Address);
        var two = await CitizenPage.OpenAsync(context, Address);
        loaded.SetResult();
        await one.ExpectConnectedAsync();
        await two.ExpectConnectedAsync();
        await one.PickAsync("Enviar un problema o propuesta");
        await two.ExpectAnswerAsync("¿Está de acuerdo?");
        (await two.Mine.CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("delete Navigator.prototype.locks")]
    [InlineData("LockManager.prototype.request = () => Promise.reject(new DOMException('', 'SecurityError'))")]
    public async Task Where_the_browser_gives_no_lock_the_chat_works(string script)
    {
        var context = await ContextAsync();
        await context.AddInitScriptAsync(script);
        var citizen = await CitizenPage.OpenAsync(context, Address);
        await citizen.ExpectConnectedAsync();
        await citizen.PickAsync("Enviar un problema o propuesta");
        await citizen.ExpectAnswerAsync("¿Está de acuerdo?");
        citizen.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_conversation_was_erased_a_new_one_begins()
    {
        var citizen = await OpenAsync();
        await citizen.PickAsync("Enviar un problema o propuesta");
        await citizen.PickAsync("No acepto");
        await citizen.ExpectAnswerAsync("¿Qué más quiere hacer?");
        Host.Clock.Advance(TimeSpan.FromHours(25));
        (await Host.Get<RetentionSweep>().SweepAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        await citizen.Page.ReloadAsync();
        await citizen.ExpectAnswerAsync("¿Qué quiere hacer?");
        await citizen.PickAsync("Consultar mi folio");
        await citizen.ExpectAnswerAsync("Escriba su folio");
    }
}
