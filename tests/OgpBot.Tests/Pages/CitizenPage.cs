using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace OgpBot.Tests.Pages;

/// <summary>The page in the hands of a citizen.</summary>
internal sealed class CitizenPage
{
    internal const string Problem = "El camión de la basura no pasa desde hace dos meses y se juntan bolsas en la esquina.";

    private readonly ConcurrentQueue<string> errors = new();

    private CitizenPage(IPage page) => Page = page;

    internal IPage Page { get; }

    /// <summary>What the browser complained of; a breach of the content policy is among it.</summary>
    internal IReadOnlyCollection<string> Errors => errors;

    internal ILocator Box => Page.Locator("#box");

    internal ILocator Line => Page.Locator("#state");

    internal ILocator LastAnswer => Page.Locator("#log .bot").Last;

    internal ILocator Mine => Page.Locator("#log .mine");

    internal ILocator Folio => Page.Locator(".receipt .folio");

    internal static async Task<CitizenPage> OpenAsync(IBrowserContext context, Uri address, string path = "/")
    {
        var citizen = new CitizenPage(await context.NewPageAsync());
        citizen.Page.Console += (_, message) => citizen.Note(message.Type, message.Text);
        citizen.Page.PageError += (_, error) => citizen.Note("error", error);
        await citizen.Page.GotoAsync(new Uri(address, path).ToString());
        return citizen;
    }

    /// <summary>A choice of the question that waits for an answer.</summary>
    internal ILocator Choice(string label) => Page.Locator("#log .choices:not(.used)").GetByRole(AriaRole.Button, new() { Name = label, Exact = true });

    internal Task PickAsync(string label) => Choice(label).ClickAsync();

    internal async Task SayAsync(string text)
    {
        await Box.FillAsync(text);
        await Box.PressAsync("Enter");
    }

    internal Task ExpectAnswerAsync(string text) => Assertions.Expect(LastAnswer).ToContainTextAsync(text);

    internal Task ExpectConnectedAsync() => Assertions.Expect(Line).ToHaveTextAsync("Conectado");

    /// <summary>From the menu to the question for the axis.</summary>
    internal async Task ToAxisAsync(string problem = Problem)
    {
        await PickAsync("Enviar un problema o propuesta");
        await PickAsync("Acepto");
        await ExpectAnswerAsync("¿Cuál es el problema?");
        await SayAsync(problem);
        await ExpectAnswerAsync("¿Con qué tema");
    }

    /// <summary>From the question for the axis to the summary.</summary>
    internal async Task FromAxisToSummaryAsync()
    {
        await PickAsync("Medio ambiente y cambio climático");
        await PickAsync("Toda la ciudad");
        await PickAsync("No tengo propuesta");
        await PickAsync("Prefiero no dejar datos");
        await ExpectAnswerAsync("Revise su aporte");
    }

    private void Note(string kind, string text)
    {
        if (kind is "error" or "warning")
        {
            errors.Enqueue($"{kind}: {text}");
        }
    }
}
