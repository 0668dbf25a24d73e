using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using OgpBot.Conversations.Turns;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Notices;
using OgpBot.Tests.Pages;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>A coordinator who never saw the desk, and citizens in the chat of the page, at once.</summary>
public sealed class DeskWalkTests(Chromium chromium) : PageTest(chromium)
{
    private const int Others = 40;

    private IPage page = null!;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_problem_goes_from_the_chat_to_the_desk_and_back_and_forty_others_are_answered_at_once(bool withScript)
    {
        var citizen = await OpenAsync();
        await citizen.ToAxisAsync();
        await citizen.FromAxisToSummaryAsync();
        await citizen.PickAsync("Enviar");
        var folio = await citizen.Folio.InnerTextAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(1));
        var last = await FileOthersAsync();

        await SignInAsync(withScript);
        await CheckAsync("queue");
        await Assertions.Expect(page.Locator("[role=status]").First).ToContainTextAsync($"{Others + 1}");
        await page.Locator(".rows a").First.ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(folio);
        await CheckAsync("submission");

        await DecideAsync("needs_changes", "place", "¿En qué esquina pasa?");
        await ExpectInChatAsync(citizen, "¿En qué esquina pasa?");
        await citizen.SayAsync("mis aportes");
        await citizen.PickAsync("Corregirlo");
        await citizen.PickAsync("El problema");
        await citizen.ExpectAnswerAsync("problema");
        await citizen.SayAsync("El camión de la basura no pasa en la esquina de Mar y Sol desde hace dos meses y se juntan bolsas.");
        await citizen.PickAsync("Sí, cambiar");
        await Assertions.Expect(citizen.Page.Locator("#log")).ToContainTextAsync("quedó corregido y vuelve a quien");

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".words").First).ToContainTextAsync("esquina de Mar y Sol");
        await Assertions.Expect(page.Locator(".tag.on").First).ToHaveTextAsync("En revisión");
        await DecideAsync("selected", "", "Gracias: lo lleva la mesa de medio ambiente.");
        await ExpectInChatAsync(citizen, "lo lleva la mesa de medio ambiente");

        await page.GotoAsync(new Uri(Address, "/staff?state=received").ToString());
        await page.Locator("#all").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Actuar sobre los elegidos" }).ClickAsync();
        await CheckAsync("many");
        await DecideAsync("not_selected", "priority", "Se eligieron otros problemas.");
        await Assertions.Expect(page.Locator(".told")).ToContainTextAsync($"{Others}");
        await Host.Get<NoticeSender>().SendWaitingAsync(TestContext.Current.CancellationToken);
        await Host.Get<TurnQueue>().WhenIdleAsync(last.Conversation, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        (await last.ActivitiesAsync()).Count(activity => activity.Text("text")?.Contains("Se eligieron otros problemas.", StringComparison.Ordinal) == true).ShouldBe(1);
        (await SubmissionsAsync()).Count(row => row.ReviewState == OgpBot.Submissions.ReviewState.NotSelected).ShouldBe(Others);

        foreach (var path in new[] { "/staff/decided", "/staff/switches", "/staff/agreement", "/staff/interests", "/staff/me" })
        {
            await page.GotoAsync(new Uri(Address, path).ToString());
            await CheckAsync(path.Split('/')[^1]);
        }
    }

    [Fact]
    public async Task What_a_citizen_wrote_is_shown_and_never_run()
    {
        using var citizen = await CitizenClient.StartAsync(Address);
        await FileAsync(citizen, "<img src=x onerror=alert(1)> **hola** =1+1 los baches de mi calle rompen coches");
        await SignInAsync(withScript: true);
        await page.Locator(".rows a").First.ClickAsync();

        await Assertions.Expect(page.Locator(".words").First).ToContainTextAsync("<img src=x onerror=alert(1)> **hola**");
        (await page.Locator("main img").CountAsync()).ShouldBe(0);
    }

    // What she was being asked is said again after it.
    private static Task ExpectInChatAsync(CitizenPage citizen, string text) => Assertions.Expect(citizen.Page.Locator("#log")).ToContainTextAsync(text);

    private async Task<CitizenClient> FileOthersAsync()
    {
        CitizenClient? last = null;
        for (var at = 0; at < Others; at++)
        {
            last?.Dispose();
            last = await CitizenClient.StartAsync(Address);
            await FileAsync(last, $"En la calle número {at} de mi colonia no hay luz por la noche y la gente tiene miedo.");
        }

        return last!;
    }

    private static async Task FileAsync(CitizenClient citizen, string problem)
    {
        foreach (var text in new[] { "1", "Acepto", problem, "3", "Toda la ciudad", "No tengo propuesta", "Prefiero no dejar datos", "Enviar" })
        {
            await citizen.SayAsync(text);
        }
    }

    private async Task SignInAsync(bool withScript)
    {
        var context = await ContextAsync(new() { JavaScriptEnabled = withScript, ViewportSize = new() { Width = withScript ? 1280 : 360, Height = 800 } });
        page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Address, await StaffClient.AddAsync(Host, StaffRole.Coordinator, "coordinadora")).ToString());
        await CheckAsync("invite");
        foreach (var field in await page.Locator("input[type=password]").AllAsync())
        {
            await field.FillAsync(StaffClient.Password);
        }

        await page.Locator("main button").ClickAsync();
        await CheckAsync("sign-in");
        await page.FillAsync("#name", "coordinadora");
        await page.FillAsync("#password", StaffClient.Password);
        await page.Locator("main button").ClickAsync();
        await CheckAsync("second-factor");
        var key = (await page.Locator("#key").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.FillAsync("#code", new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(key)).ComputeTotp(Host.Clock.GetUtcNow().UtcDateTime));
        await page.Locator("main button").ClickAsync();
        await CheckAsync("recovery");
        await page.Locator("main a").ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/staff$"));
    }

    private async Task DecideAsync(string to, string reason, string words)
    {
        await page.SelectOptionAsync("#to", to);
        await page.SelectOptionAsync("#reason", reason);
        await page.FillAsync("#words", words);
        await page.Locator("section[aria-labelledby=decide] button.main").ClickAsync();
        await Assertions.Expect(page.Locator(".told")).ToBeVisibleAsync();
    }

    // Axe needs a script; without one the pages are the same.
    private async Task CheckAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("OGPBOT_SHOTS") is { } shots)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(shots, $"{name}-{page.ViewportSize!.Width}.png"), FullPage = true });
        }

        if (page.ViewportSize!.Width == 1280)
        {
            var found = await page.RunAxe();
            found.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty(name);
            (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{name}: sideways scroll");
        }
    }
}
