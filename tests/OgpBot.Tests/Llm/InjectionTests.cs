using System.Globalization;
using System.Text.Json;
using OgpBot.Archive.Answers;
using OgpBot.Tests.Archive;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>
/// Fifty ways to speak to the model through a text or a document (injections.tsv: what is written, and what a model says that obeys). They reach it inside
/// the fence only, and what an obedient one says reaches nobody.
/// </summary>
public sealed class InjectionTests(ModelHost shared) : IClassFixture<ModelHost>
{
    private static readonly string[][] Injections =
        [.. File.ReadAllLines(Path.Combine(Repository.Tests, "Llm", "injections.tsv")).Where(line => line.Length > 0).Select(line => line.Split('\t'))];

    [Fact]
    public async Task In_citizens_texts_they_are_data_and_an_obedient_reply_changes_nothing()
    {
        Injections.Length.ShouldBe(50);
        foreach (var (injection, obedient) in Injections.Select(pair => (pair[0], pair[1])))
        {
            var text = $"En la colonia Roble no hay luz en la calle desde hace meses. {injection}";
            var offline = await SayAsync(text, "{\"criteria\":[],\"rewrite\":\"\"}");
            (await SayAsync(text, Doubting($"{obedient}!", obedient))).ShouldBe(offline, injection);
            var doubting = await SayAsync(text, Doubting("colonia Roble", obedient));
            doubting.ShouldNotContain("Un programa propone", customMessage: injection);
        }

        foreach (var request in shared.Model.Requests.Where(request => request.Prompt == "check_criteria"))
        {
            ShouldBeFenced(request);
        }

        // Each time in a conversation of its own: a text is not sent twice in one.
        async Task<string> SayAsync(string text, string reply)
        {
            shared.Model.Behaviour = (http, _, cancellationToken) => ScriptedModel.StreamAsync(http, reply, cancellationToken);
            var own = await shared.BeginAsync();
            await own.SayAsync("1");
            await own.SayAsync("Acepto");
            return string.Join('\n', await own.SayAsync(text));
        }
    }

    [Fact]
    public async Task In_documents_they_are_data_and_an_obedient_reply_changes_nothing()
    {
        var file = shared.Folder.File("papeles.md");
        await File.WriteAllTextAsync(
            file,
            string.Concat(Injections.Select((pair, at) => $"## Papel {Word(at)}\n\nEl viento rompió la barda {Word(at)} del mercado. {pair[0]}\n\n")),
            TestContext.Current.CancellationToken);
        await shared.Host.AddAsync(file);
        var before = shared.Model.Requests.Count;
        for (var at = 0; at < Injections.Length; at++)
        {
            var (injection, obedient, word) = (Injections[at][0], Injections[at][1], Word(at));
            shared.Model.Behaviour = (http, request, cancellationToken) => ScriptedModel.StreamAsync(
                http,
                request.Prompt == "answer_question" ? AnswersWithModelTests.Answer(request, obedient, $"barda {word}") : ScriptedModel.NothingToAdd(request),
                cancellationToken);
            var question = $"¿Qué rompió el viento en la barda {word}?";
            var talk = await shared.BeginAsync();
            await talk.SayAsync("Preguntar sobre el proceso");

            (await talk.SayAsync(question))[0].ShouldBe(shared.Host.Get<AnswerPipeline>().Answer(question, "es").Text, injection);
        }

        var requests = shared.Model.Requests.Skip(before).Where(request => request.Prompt == "answer_question").ToList();
        requests.Count.ShouldBe(Injections.Length);
        requests.ForEach(ShouldBeFenced);
    }

    private static string Doubting(string words, string rewrite) =>
        $$"""{"criteria":[{"id":"offence","doubt":true,"words":[{{JsonSerializer.Serialize(words)}}]}],"rewrite":{{JsonSerializer.Serialize(rewrite)}}}""";

    // Words that no document has, one for each.
    private static string Word(int at) => $"zurbina{(char)('a' + (at / 26))}{(char)('a' + (at % 26))}";

    private static void ShouldBeFenced(ModelRequest request)
    {
        request.Fences.ShouldBe(1);
        request.Messages.Count.ShouldBe(2);
        foreach (var injection in Injections.Select(pair => pair[0]))
        {
            request.OutsideFence.ShouldNotContain(injection);
        }

        // The rest is our own text alone, whatever the data are.
        request.OutsideFence.Length.ShouldBeLessThan(4_000, string.Create(CultureInfo.InvariantCulture, $"{request.Prompt}"));
    }
}
