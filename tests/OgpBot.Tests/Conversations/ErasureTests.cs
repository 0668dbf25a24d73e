using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Privacy;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Contacts;
using OgpBot.Tests.Submissions.Own;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Conversations;

/// <summary>Erased means erased: at once, on the disk too, and in no log.</summary>
public sealed class ErasureTests : IDisposable
{
    private static readonly string[] Contact = ["MARCA-nombre", "MARCA-correo@example.org", "55 0000 0000"];

    private static readonly string[] ToTheErasure =
        ["Enviar un problema o propuesta", "Acepto", "MARCA-borrador: falta agua en la colonia.", "mis datos", "Verlo como JSON", "Borrar todo"];

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task All_that_was_said_goes_and_what_was_filed_is_nobodys()
    {
        using var log = new LogLines();
        await using var host = await TestHost.StartAsync(folder.Path, configure: log.AddTo);
        await ReceiptTests.FiledAsync(host, "Dejar mis datos");
        var talk = new Talk(host, "talk");
        foreach (var (at, said) in ToTheErasure.Index())
        {
            await talk.SayAsync(said, $"again-{at}");
        }

        (await folder.CountInDatabaseAsync("MARCA-borrador")).ShouldBeGreaterThan(0);
        (await talk.SayAsync("Sí, borrar todo", "sure")).ShouldHaveSingleItem().ShouldStartWith("Listo: borramos todo lo suyo");

        foreach (var erased in Contact.Append("MARCA-borrador"))
        {
            (await folder.CountInDatabaseAsync(erased)).ShouldBe(0, erased);
            log.All.ShouldNotContain(line => line.Contains(erased, StringComparison.Ordinal));
        }

        talk.Activities.Where(activity => activity.Text is not null).ShouldHaveSingleItem().Text.ShouldStartWith("Listo");
        await using var database = await DatabaseAsync(host);
        var filed = await database.Set<Submission>().SingleAsync(TestContext.Current.CancellationToken);
        filed.Problem.ShouldStartWith("MARCA-problema");
        filed.CitizenId.ShouldBe(Citizen.Nobody);
        (await database.Set<Contact>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        (await database.Set<Consent>().CountAsync(TestContext.Current.CancellationToken)).ShouldBe(0);
        (await database.Set<Conversation>().SingleAsync(TestContext.Current.CancellationToken)).State.ShouldBeNull();

        (await talk.SayAsync("hola", "later"))[0].ShouldStartWith("Hola, soy OgpBot");
        (await talk.SayAsync("mis aportes", "mine")).ShouldHaveSingleItem().ShouldStartWith("Escriba el folio");
    }

    [Fact]
    public async Task Contact_data_go_from_their_table_and_from_all_that_was_said_and_the_rest_stays()
    {
        using var log = new LogLines();
        await using var host = await TestHost.StartAsync(folder.Path, configure: log.AddTo);
        await ReceiptTests.FiledAsync(host, "Dejar mis datos");
        var talk = new Talk(host, "talk");
        foreach (var said in new[] { "mis aportes", "Copia en JSON", "Mis datos de contacto" })
        {
            await talk.SayAsync(said, $"mine-{said}");
        }

        (await talk.SayAsync("Borrarlos", "erase"))[0].ShouldStartWith("Listo. Borramos sus datos de contacto");

        foreach (var erased in Contact)
        {
            (await folder.CountInDatabaseAsync(erased)).ShouldBe(0, erased);
            log.All.ShouldNotContain(line => line.Contains(erased, StringComparison.Ordinal));
        }

        talk.Activities.ShouldContain(activity => activity.Text!.Contains("Nombre: …\nCorreo: …\nTeléfono: …"));
        (await folder.CountInDatabaseAsync("MARCA-problema")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_message_that_still_waits_for_its_turn_is_erased_too()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await Talk.BeginAsync(host);
        await talk.SayAsync("mis datos");
        await talk.SayAsync("Borrar todo");
        await talk.KeepAsync("MARCA-tarde", "late");

        await talk.SayAsync("Sí, borrar todo");

        (await folder.CountInDatabaseAsync("MARCA-tarde")).ShouldBe(0);
    }

    [Theory]
    [InlineData("Nombre: Ana\nCorreo: ana@example.org", "Ana", "Nombre: …\nCorreo: ana@example.org")]
    [InlineData("Anastasia no es Ana.", "Ana", "Anastasia no es ….")]
    [InlineData("+52 (55) 0000", "+52 (55) 0000", "…")]
    public void Words_go_and_longer_ones_that_hold_them_stay(string said, string words, string left) => Withdrawal.EraseWords(said, words).ShouldBe(left);

    public void Dispose() => folder.Dispose();

    private static Task<OgpBotDb> DatabaseAsync(TestHost host) => host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
}
