using System.Text.Json;
using OgpBot.Submissions.Export;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>What a model's look at a text may do: raise a doubt with the citizen's own words, and offer other ones.</summary>
public sealed class SecondReadingTests(ModelHost shared) : IClassFixture<ModelHost>
{
    private const string Problem = "En la colonia Roble los coches de los ricachones tapan la banqueta y no hay paso para nadie.";
    private const string Rewrite = "En la colonia Roble los coches tapan la banqueta y no hay paso para nadie.";
    private const string Axis = "Paso 3 de 9";
    private const string Doubt = "Algunas palabras pueden ofender o discriminar a alguien.";

    [Fact]
    public async Task A_doubt_is_told_with_our_reason_and_her_words()
    {
        (await FindAsync(Reply(words: "ricachones", rewrite: "")))
            .ShouldBe($"{Doubt}\nLo digo por: «ricachones».\nEl criterio: el aporte no ofende ni discrimina a ninguna institución, grupo o persona.\nYo no decido ni borro nada. ¿Qué prefiere?");
    }

    [Theory]
    [InlineData("""{"criteria":[{"id":"offence","doubt":true,"words":["ricachones malvados"]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":true,"words":["Ricachones"]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":true,"words":["ricachon"]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":true,"words":[]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":true,"words":[" "]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":false,"words":["ricachones"]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":true,"words":["ricachones"]},{"id":"offence","doubt":false,"words":[]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"treason","doubt":true,"words":["ricachones"]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"likeness","doubt":true,"words":["ricachones"]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"axis","doubt":true,"words":["ricachones"]}],"rewrite":""}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":true,"words":["ricachones"]}],"rewrite":"","not_met":true}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":true,"words":["ricachones"]}]}""")]
    [InlineData("""{"criteria":[{"id":"offence","doubt":"yes","words":["ricachones"]}],"rewrite":""}""")]
    [InlineData("""{"criteria":null,"rewrite":""}""")]
    [InlineData("```json\n{\"criteria\":[],\"rewrite\":\"\"}\n```")]
    public async Task What_does_not_fit_the_text_or_itself_is_no_doubt(string reply) => (await FindAsync(reply)).ShouldStartWith(Axis);

    [Fact]
    public async Task A_plain_finding_of_ours_stands_whatever_the_model_says()
    {
        shared.Model.Behaviour = (http, _, cancellationToken) =>
            ScriptedModel.StreamAsync(http, """{"criteria":[{"id":"offence","doubt":false,"words":[]},{"id":"collective","doubt":false,"words":[]}],"rewrite":""}""", cancellationToken);
        var talk = await FilingAsync();

        (await talk.SayAsync("Me cobraron de más en mi recibo y nadie me da razón."))[^1].ShouldStartWith("Parece un asunto personal");
    }

    [Fact]
    public async Task A_rewrite_that_holds_is_offered_and_taken_and_checked_again()
    {
        var talk = await FilingAsync();
        shared.Model.Say(Reply("ricachones", Rewrite));

        (await talk.SayAsync(Problem))[^1].ShouldContain($"Un programa propone decirlo así: «{Rewrite}»");
        var asked = shared.Model.Requests.Count;
        var taken = await talk.SayAsync("Usar esta versión");

        taken[0].ShouldBe("Listo. Su texto queda así, y el anterior ya quedó borrado.");
        taken[1].ShouldStartWith(Axis);
        shared.Model.Requests.Count.ShouldBe(asked + 1);
        ((string)shared.Model.Requests[^1].Data["text"]!).ShouldBe(Rewrite);
        talk.Activities.ShouldAllBe(activity => activity.Text == null || !activity.Text.Contains("ricachones"));
    }

    [Theory]
    [InlineData("En la colonia Encino los coches tapan la banqueta y no hay paso para nadie.")]
    [InlineData("En la colonia Roble 30 coches tapan la banqueta y no hay paso para nadie.")]
    [InlineData("En la colonia Roble los coches tapan la banqueta, vea https://evil.example y no hay paso.")]
    [InlineData("En la colonia Roble los coches de unos idiotas de mierda tapan la banqueta y no hay paso.")]
    [InlineData("Me cobraron de más en mi recibo y nadie me da razón.")]
    [InlineData("En la ciudad todas las personas están contentas con el gobierno de hoy.")]
    [InlineData("In the neighbourhood the cars block the way and there is no room for anyone.")]
    [InlineData("No hay paso.")]
    [InlineData("En la colonia Roble los coches tapan la banqueta y no hay paso para nadie, y además los vecinos piden que alguien venga a ver lo que pasa desde hace tiempo en la calle.")]
    [InlineData("En la colonia Roble los coches tapan la <b>banqueta</b> y no hay paso para nadie.")]
    [InlineData(Problem)]
    public async Task A_rewrite_that_adds_loses_or_offends_is_not_offered(string rewrite)
    {
        var said = await FindAsync(Reply("ricachones", rewrite));

        said.ShouldStartWith(Doubt);
        said.ShouldNotContain("Un programa propone");
    }

    [Fact]
    public async Task A_text_that_did_not_change_is_not_sent_twice_and_its_doubt_stays()
    {
        var talk = await FilingAsync();
        shared.Model.Say(Reply("ricachones", ""));
        await talk.SayAsync(Problem);
        await talk.SayAsync("Enviar así");
        var asked = shared.Model.Requests.Count;
        (await talk.SayAsync("Omitir"))[^1].ShouldStartWith(Axis);
        foreach (var answer in new[] { "No estoy seguro", "Toda la ciudad", "No tengo propuesta", "Prefiero no dejar datos", "Enviar" })
        {
            await talk.SayAsync(answer);
        }

        shared.Model.Requests.Count.ShouldBe(asked);
        var marks = new List<string>();
        await foreach (var row in shared.Host.Get<SubmissionExport>().RowsAsync(new ExportFilter(), TestContext.Current.CancellationToken))
        {
            marks.AddRange(row);
        }

        marks.ShouldContain("problem: offence (doubt, sent as it is)");
    }

    private static string Reply(string words, string rewrite) =>
        JsonSerializer.Serialize(new { criteria = new[] { new { id = "offence", doubt = true, words = new[] { words } } }, rewrite });

    private async Task<string> FindAsync(string reply)
    {
        var talk = await FilingAsync();
        shared.Model.Say(reply);
        return (await talk.SayAsync(Problem))[^1];
    }

    private async Task<Talk> FilingAsync()
    {
        shared.Model.Forget();
        var talk = await shared.BeginAsync();
        await talk.SayAsync("1");
        await talk.SayAsync("Acepto");
        return talk;
    }
}
