using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Cli;

/// <summary><c>check-text</c> as a program of others reads it.</summary>
public sealed class CheckTextTests
{
    [Fact]
    public async Task Each_line_gets_one_line_in_the_same_order_and_nothing_else_is_written()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("texts.jsonl");
        await File.WriteAllLinesAsync(
            file, ["""{"text":"😀 Hay basura en la colonia"}""", """{"text":"Tel. 55 1234 5678\nsegunda línea","label":"ok"}""", """{"text":""}"""], TestContext.Current.CancellationToken);

        var run = await OgpBotProcess.RunAsync(folder.Path, ["check-text", "--jsonl", file]);

        run.Code.ShouldBe(0, run.Errors);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        lines.Count.ShouldBe(3);
        lines.ShouldAllBe(line => string.Join(' ', line.GetProperty("criteria").EnumerateArray().Select(result => result.GetProperty("id").GetString()))
            == "offence axis collective substance personal_data likeness");
        var axis = lines[0].GetProperty("axes")[0];
        axis.GetProperty("axis").GetInt32().ShouldBe(3);
        axis.GetProperty("spans")[0].GetProperty("start").GetInt32().ShouldBe(7);
        axis.GetProperty("spans")[0].GetProperty("end").GetInt32().ShouldBe(13);
        axis.GetProperty("spans")[0].GetProperty("text").GetString().ShouldBe("basura");
        var data = lines[1].GetProperty("criteria")[4];
        data.GetProperty("outcome").GetString().ShouldBe("doubt");
        data.GetProperty("reason").GetString().ShouldBe("Su texto puede publicarse, y lleva datos personales.");
        data.GetProperty("confidence").GetDouble().ShouldBeInRange(0.5, 1);
        lines[2].GetProperty("criteria")[3].GetProperty("outcome").GetString().ShouldBe("doubt");
    }

    [Fact]
    public async Task A_line_that_is_no_text_is_told_by_its_number()
    {
        using var folder = new TemporaryFolder();

        var run = await OgpBotProcess.RunAsync(folder.Path, ["check-text"], "{\"text\":\"uno\"}\n{\"txt\":1}\n");

        run.Code.ShouldBe(1);
        run.Errors.ShouldContain("Line 2 is not of the form");
    }
}
