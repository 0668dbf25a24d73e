using Microsoft.Playwright;

namespace OgpBot.Tests.Pages;

public sealed class WholeDialogTests(Chromium chromium) : PageTest(chromium)
{
    [Fact]
    public async Task A_citizen_files_a_problem_by_mouse()
    {
        var citizen = await OpenAsync();
        await citizen.ToAxisAsync();
        await Assertions.Expect(citizen.Page.Locator("#step")).ToHaveTextAsync("Paso 3 de 9");
        await citizen.PickAsync("Medio ambiente y cambio climático");
        await citizen.PickAsync("Mi colonia");
        await citizen.PickAsync("Iztapalapa");
        await citizen.ExpectAnswerAsync("¿Cómo se llama la colonia");
        await citizen.SayAsync("Santa Cruz");
        await citizen.ExpectAnswerAsync("¿Cómo cree que podría resolverse?");
        await citizen.SayAsync("Que se publique el horario.");
        await citizen.PickAsync("Prefiero no dejar datos");
        await citizen.PickAsync("Enviar");

        var folio = await citizen.Folio.InnerTextAsync();
        (await SubmissionsAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            filed => filed.Folio.ShouldBe(folio),
            filed => filed.Problem.ShouldBe(CitizenPage.Problem),
            filed => filed.Place.ShouldBe("Santa Cruz"));
        await Assertions.Expect(citizen.Page.Locator("#progress")).ToBeHiddenAsync();
        citizen.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_citizen_files_a_problem_by_keyboard_alone()
    {
        var citizen = await OpenAsync();
        await TabToAsync(citizen, "Enviar un problema o propuesta");
        await PressAsync(citizen, "Acepto", "Acepto");
        await Assertions.Expect(citizen.Box).ToBeFocusedAsync();
        await citizen.Page.Keyboard.TypeAsync("Primera línea de un problema,");
        await citizen.Page.Keyboard.PressAsync("Shift+Enter");
        await citizen.Page.Keyboard.TypeAsync("y otra línea.");
        await citizen.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(citizen.Choice("No estoy seguro")).ToBeVisibleAsync();
        await citizen.Page.Keyboard.PressAsync("Shift+Tab");
        await PressAsync(citizen, "No estoy seguro", "Mi comunidad");
        await PressAsync(citizen, "Toda la ciudad", "No tengo propuesta");
        await PressAsync(citizen, "No tengo propuesta", "Prefiero no dejar datos");
        await PressAsync(citizen, "Prefiero no dejar datos", "Enviar");
        await PressAsync(citizen, "Enviar", "Enviar un problema o propuesta");
        await Assertions.Expect(citizen.Folio).ToBeVisibleAsync();
        (await SubmissionsAsync()).ShouldHaveSingleItem().Problem.ShouldBe("Primera línea de un problema,\ny otra línea.");
    }

    [Fact]
    public async Task A_citizen_files_a_problem_on_a_small_touch_screen()
    {
        var citizen = await OpenAsync("/", new() { ViewportSize = new() { Width = 360, Height = 640 }, HasTouch = true, IsMobile = true });
        foreach (var label in new[] { "Enviar un problema o propuesta", "Acepto" })
        {
            await TapAsync(citizen, label);
        }

        await citizen.ExpectAnswerAsync("¿Cuál es el problema?");
        await citizen.Box.FillAsync(CitizenPage.Problem);
        await citizen.Page.GetByRole(AriaRole.Button, new() { Name = "Enviar mensaje" }).TapAsync();
        foreach (var label in new[] { "Género e inclusión", "Mi alcaldía", "La Magdalena Contreras", "No tengo propuesta", "Prefiero no dejar datos", "Enviar" })
        {
            await TapAsync(citizen, label);
        }

        await Assertions.Expect(citizen.Folio).ToBeInViewportAsync();
        (await citizen.Page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(360);
    }

    [Fact]
    public async Task A_text_of_2000_characters_with_emoji_and_right_to_left_script_comes_through_whole()
    {
        var start = "Falta 🚰 agua: مشكلة عامة، בעיה ציבורית 👩‍👩‍👧 ";
        var text = start + new string('á', 2_000 - start.EnumerateRunes().Count());
        var citizen = await OpenAsync();
        await citizen.ToAxisAsync(text);
        (await citizen.Mine.Last.Locator("p").First.InnerTextAsync()).ShouldBe(text);
        await citizen.FromAxisToSummaryAsync();
        await citizen.ExpectAnswerAsync(text);
        await citizen.PickAsync("Enviar");
        await Assertions.Expect(citizen.Folio).ToBeVisibleAsync();
        (await SubmissionsAsync()).ShouldHaveSingleItem().Problem.ShouldBe(text);
    }

    [Fact]
    public async Task Used_buttons_are_disabled_and_show_the_choice()
    {
        var citizen = await OpenAsync();
        await citizen.PickAsync("Enviar un problema o propuesta");
        await citizen.PickAsync("No acepto");
        var used = citizen.Page.Locator(".choices.used").Last;
        await Assertions.Expect(used.GetByRole(AriaRole.Button, new() { Name = "No acepto", Pressed = true })).ToBeDisabledAsync();
        (await used.Locator("button:enabled").CountAsync()).ShouldBe(0);
    }

    private static async Task TabToAsync(CitizenPage citizen, string label)
    {
        await Assertions.Expect(citizen.Choice(label)).ToBeVisibleAsync();
        for (var presses = 0; presses < 30 && !await HasFocusAsync(citizen, label); presses++)
        {
            await citizen.Page.Keyboard.PressAsync("Tab");
        }

        (await HasFocusAsync(citizen, label)).ShouldBeTrue($"`{label}` can't be reached by Tab");
        await citizen.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(citizen.Choice(label)).ToHaveCountAsync(0);
    }

    // Presses a choice of the question that has the focus, and waits until the first of the next one has it.
    private static async Task PressAsync(CitizenPage citizen, string label, string next)
    {
        await Assertions.Expect(citizen.Page.Locator(".choices button:focus")).ToHaveCountAsync(1);
        await TabToAsync(citizen, label);
        if (next != label)
        {
            await Assertions.Expect(citizen.Choice(next)).ToBeFocusedAsync();
        }
    }

    private static Task<bool> HasFocusAsync(CitizenPage citizen, string label) =>
        citizen.Choice(label).EvaluateAsync<bool>("button => button === document.activeElement");

    private static async Task TapAsync(CitizenPage citizen, string label)
    {
        var button = citizen.Choice(label);
        (await button.BoundingBoxAsync())!.Height.ShouldBeGreaterThanOrEqualTo(44);
        await button.TapAsync();
    }
}
