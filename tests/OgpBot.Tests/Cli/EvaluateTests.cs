using OgpBot.Tests.Support;

namespace OgpBot.Tests.Cli;

/// <summary><c>evaluate criteria</c> on a small file whose answers are known.</summary>
public sealed class EvaluateTests
{
    [Fact]
    public async Task Figures_leave_out_what_is_ambiguous_and_count_the_axis_named_first()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("rows.jsonl");
        await File.WriteAllLinesAsync(
            file,
            [
                """{"text":"Los gitanos son basura","label":"offence","function":"vile"}""",
                """{"text":"Un comentario sin insulto","label":"offence","function":"vile"}""",
                """{"text":"Hay basura en la colonia","label":"ok","function":"civic","axis":3}""",
                """{"text":"Es un pendejo el vecino","label":"ok","function":"civic"}""",
                """{"text":"Eres lo peor","label":"ok","ambiguous":"said to a person"}""",
                """{"text":"Es un idiota","suspect_offence":true}""",
                "",
                """{"text":"Trámites en línea","axis":"2"}""",
                """{"text":"Pista de patinaje","axis":[4,5]}""",
            ],
            TestContext.Current.CancellationToken);

        var run = await OgpBotProcess.RunAsync(folder.Path, ["evaluate", "criteria", file, "--show", "wrong"]);

        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("6 texts count (2 offences, 4 others); 2 ambiguous ones do not.");
        run.Output.ShouldMatch(@"flagged \(doubt or not met\): false alarms +1 of 4 \(25\.0 %\), specificity 0\.750");
        run.Output.ShouldContain("precision 0.500, recall 0.500, F1 0.500");
        run.Output.ShouldContain("axis: named in 2 of 3 (66.7 %); precision 1.000, recall 0.667");
        run.Output.ShouldMatch(@"civic +right 1 of 2");
        run.Output.ShouldMatch(@"missed \[vile\] Met \(\) Un comentario sin insulto");
        run.Output.ShouldMatch(@"false alarm \[civic\] Doubt \(insult-said: <insult>.*\) Es un pendejo el vecino");
    }

    [Fact]
    public async Task A_line_that_is_no_row_is_told_with_its_number()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("rows.jsonl");
        await File.WriteAllTextAsync(file, "{\"text\":\"uno\"}\n{\"txt\":\"dos\"}\n", TestContext.Current.CancellationToken);

        var run = await OgpBotProcess.RunAsync(folder.Path, ["evaluate", "criteria", file]);

        run.Code.ShouldBe(1);
        run.Errors.ShouldContain("rows.jsonl:2");
        run.Errors.ShouldContain("this is not an object with a `text`");
    }
}
