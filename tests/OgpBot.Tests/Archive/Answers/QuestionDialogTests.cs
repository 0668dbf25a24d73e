using Microsoft.EntityFrameworkCore;
using OgpBot.Archive;
using OgpBot.Storage;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Archive.Answers;

/// <summary>Questions in the chat: one that leans on the one before, and what is noted of those that stay open.</summary>
public sealed class QuestionDialogTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private TestHost host = null!;
    private Talk talk = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(folder.Path, SmallArchive.Settings(folder));
        await host.AddDocumentAsync(folder);
        talk = await Talk.BeginAsync(host, "la-conversacion-de-prueba");
        await talk.SayAsync("Preguntar sobre el proceso");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_short_question_goes_on_with_the_one_before()
    {
        await talk.SayAsync("¿Cuántas asistencias se contaron?");

        (await talk.SayAsync("¿y en la lista?"))[0].ShouldContain("312 asistencias");
        (await OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_not_found_is_noted_with_masks_for_the_day_and_without_who_asked()
    {
        await talk.SayAsync("¿Qué flores pidió Ana al 55 1234 5678 o a ana.lopez@example.org?");

        var open = (await OpenAsync()).ShouldHaveSingleItem();
        (open.Question, open.Why, open.Language).ShouldBe(("¿Qué flores pidió Ana al [teléfono] o a [correo]?", "not_found", "es"));
        open.AskedOn.ShouldBe(new DateOnly(2026, 11, 16));
        open.Id.ShouldNotContain(talk.Id);
    }

    [Fact]
    public async Task An_answer_that_did_not_help_is_noted()
    {
        await talk.SayAsync("¿Cuántas asambleas hubo?");
        (await OpenAsync()).ShouldBeEmpty();

        await talk.SayAsync("no");

        var open = (await OpenAsync()).ShouldHaveSingleItem();
        (open.Question, open.Why).ShouldBe(("¿Cuántas asambleas hubo?", "not_helpful"));
    }

    [Fact]
    public async Task What_was_answered_or_refused_is_not_noted()
    {
        await talk.SayAsync("¿Cuántas asambleas hubo?");
        await talk.SayAsync("sí");
        await talk.SayAsync("¿Qué opinas del comité?");
        await talk.SayAsync("Dame una receta de pozole");
        await talk.SayAsync("¿Dónde vive la presidenta?");

        (await OpenAsync()).ShouldBeEmpty();
    }

    private async Task<List<OpenQuestion>> OpenAsync()
    {
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        return await database.Set<OpenQuestion>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
    }
}
