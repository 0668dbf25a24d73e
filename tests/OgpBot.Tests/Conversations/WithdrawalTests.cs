using OgpBot.Conversations.Turns;
using OgpBot.Privacy;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Conversations;

/// <summary>A text that the citizen takes back is nowhere any longer: not in the inbox, not in what the bot said, not in the draft, not on the disk.</summary>
public sealed class WithdrawalTests
{
    private const string Mark = "MARCA";

    [Fact]
    public async Task A_rewritten_text_is_gone_from_all_that_was_kept()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await AtTheProblemAsync(host);

        (await talk.SayAsync($"Me cobraron de más en mi recibo, dice {Mark}."))[^1].ShouldContain("«Me cobraron»");
        await talk.SayAsync("Reescribir");

        talk.Activities.ShouldNotContain(activity => activity.Text!.Contains(Mark) || activity.Text.Contains("Me cobraron"));
        talk.Activities.ShouldContain(activity => activity.Incoming && activity.Text == Withdrawal.Blank);
        await host.Get<RetentionSweep>().SweepAsync(TestContext.Current.CancellationToken);
        (await folder.CountInDatabaseAsync(Mark)).ShouldBe(0);
        (await folder.CountInDatabaseAsync("Me cobraron")).ShouldBe(0);
    }

    [Fact]
    public async Task Masked_data_is_gone_and_the_rest_of_the_text_stays()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await AtTheProblemAsync(host);

        await talk.SayAsync("En la colonia tiran basura; avisen al 55 1234 5678 o a marca@example.org por favor.");
        await talk.SayAsync("Quitar esos datos");

        await host.Get<RetentionSweep>().SweepAsync(TestContext.Current.CancellationToken);
        (await folder.CountInDatabaseAsync("55 1234 5678")).ShouldBe(0);
        (await folder.CountInDatabaseAsync("marca@example.org")).ShouldBe(0);
        (await folder.CountInDatabaseAsync("avisen al [teléfono] o a [correo]")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_text_that_is_corrected_at_the_summary_is_gone_and_the_others_stay()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var talk = await AtTheProblemAsync(host);

        foreach (var said in new[] { $"No hay luz en la calle de {Mark}.", "No estoy seguro", "Toda la ciudad", "Poner lámparas en toda la ciudad.", "Prefiero no dejar datos" })
        {
            await talk.SayAsync(said);
        }

        await talk.SayAsync("Corregir");
        await talk.SayAsync("El problema");
        (await talk.SayAsync("No hay luz en las calles de la ciudad."))[^1].ShouldContain("Propuesta: Poner lámparas");

        await host.Get<RetentionSweep>().SweepAsync(TestContext.Current.CancellationToken);
        (await folder.CountInDatabaseAsync(Mark)).ShouldBe(0);
        talk.Activities.ShouldContain(activity => activity.Incoming && activity.Text == "Poner lámparas en toda la ciudad.");
    }

    [Theory]
    [InlineData("Tiene un aporte sin enviar: «uno dos»", "Tiene un aporte sin enviar: «…»")]
    [InlineData("Lo digo por: «dos», «tres».", "Lo digo por: «…», «tres».")]
    [InlineData("Problema: uno dos\nEje: 1", "Problema: …\nEje: 1")]
    [InlineData("¿Qué prefiere? «", "¿Qué prefiere? «")]
    public void What_the_bot_said_loses_the_text_and_what_it_quoted_of_it(string said, string left) => new Withdrawal(1, "uno dos").EraseFrom(said).ShouldBe(left);

    private static async Task<Talk> AtTheProblemAsync(TestHost host)
    {
        var talk = await Talk.BeginAsync(host);
        await talk.SayAsync("1");
        await talk.SayAsync("Acepto");
        return talk;
    }
}
