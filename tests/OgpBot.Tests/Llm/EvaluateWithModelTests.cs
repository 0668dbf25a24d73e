using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary><c>evaluate … --with-model</c>: both columns, and what the second one took.</summary>
public sealed class EvaluateWithModelTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ScriptedModel model = null!;

    public async ValueTask InitializeAsync() => model = await ScriptedModel.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await model.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Criteria_are_measured_with_and_without()
    {
        await File.WriteAllLinesAsync(
            folder.File("rows.jsonl"),
            ["""{"text":"Los ricachones de la colonia tapan la banqueta con sus coches","label":"offence"}""", """{"text":"No hay luz en la colonia","label":"ok"}"""],
            TestContext.Current.CancellationToken);
        model.Behaviour = (http, request, cancellationToken) => ScriptedModel.StreamAsync(
            http,
            ((string)request.Data["text"]!).Contains("ricachones", StringComparison.Ordinal)
                ? """{"criteria":[{"id":"offence","doubt":true,"words":["ricachones"]}],"rewrite":""}"""
                : ScriptedModel.NothingToAdd(request),
            cancellationToken);

        var run = await RunAsync("criteria");

        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldMatch(@"\n +offline +with model\n");
        run.Output.ShouldMatch(@"\nflagged \(doubt or not met\): found +precision –, recall 0\.000, F1 0\.000 +precision 1\.000, recall 1\.000, F1 1\.000\n");
        run.Output.ShouldMatch($@"\nmodel {ScriptedModel.Name} on \d{{4}}-\d\d-\d\d: asked for 2 rows; {2 * ScriptedModel.InputTokens} tokens sent, {2 * ScriptedModel.OutputTokens} received; cost 0\.0030\n");
    }

    [Fact]
    public async Task Answers_are_measured_with_and_without()
    {
        await File.WriteAllLinesAsync(
            folder.File("rows.jsonl"),
            ["""{"question":"¿Quién coordinó el núcleo promotor y con qué recursos?","lang":"es","style":"plain","kind":"factual","gold":["nucleo"]}"""],
            TestContext.Current.CancellationToken);
        model.Behaviour = (http, request, cancellationToken) => ScriptedModel.StreamAsync(
            http,
            JsonSerializer.Serialize(new { sentences = Array.Empty<object>() }),
            cancellationToken);

        var run = await RunAsync("answers");

        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldMatch(@"^ +offline +with model\n");
        run.Output.ShouldMatch(@"\nanswerable right +[01] of 1 \(\d+\.0 %\) +[01] of 1 \(\d+\.0 %\)\n|^answerable");
        run.Output.ShouldContain($"model {ScriptedModel.Name} on ");
    }

    [Fact]
    public async Task Without_a_model_it_says_why_there_is_none()
    {
        await File.WriteAllTextAsync(folder.File("rows.jsonl"), "", TestContext.Current.CancellationToken);

        var run = await OgpBotProcess.RunAsync(folder.Path, ["evaluate", "answers", folder.File("rows.jsonl"), "--with-model"]);

        run.Code.ShouldBe(1);
        run.Errors.ShouldContain("There is no language model to evaluate: OgpBot:Llm:Endpoint is not set.");
    }

    private Task<OgpBotProcess.Result> RunAsync(string what)
    {
        var settings = model.Settings(folder);
        settings["OgpBot:Llm:InputPricePerMillion"] = "2";
        settings["OgpBot:Llm:OutputPricePerMillion"] = "3";
        return OgpBotProcess.RunAsync(
            folder.Path, ["evaluate", what, folder.File("rows.jsonl"), "--with-model"], null, [.. settings.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!))]);
    }
}
