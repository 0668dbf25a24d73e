using OgpBot.Tests.Support;

namespace OgpBot.Tests.Cli;

/// <summary><c>places</c>: a city's own list becomes its file.</summary>
public sealed class PlacesTests
{
    [Fact]
    public async Task A_list_is_printed_by_borough_in_order_and_each_name_once()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("colonias.csv");
        await File.WriteAllTextAsync(
            file, "colonia;alcaldia\nPortales;benito juarez\nEl Rosal*;La Magdalena Contreras\nDoctores;cuauhtemoc\nportales;Benito Juárez\nD'Artagnan;BENITO JUAREZ\n", TestContext.Current.CancellationToken);

        var run = await OgpBotProcess.RunAsync(folder.Path, ["places", file]);

        run.Code.ShouldBe(0, run.Errors);
        run.Output.ReplaceLineEndings("\n").ShouldBe(
            """
            benito-juarez:
              - 'D''Artagnan'
              - 'Portales'
            cuauhtemoc:
              - 'Doctores'
            magdalena-contreras:
              - 'El Rosal'

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_borough_that_is_not_known_is_told_with_its_line_and_nothing_is_printed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("colonias.csv");
        await File.WriteAllTextAsync(file, "colonia,alcaldia\nPortales,Benito Juárez\nCentro,cuauhtemok\n", TestContext.Current.CancellationToken);

        var run = await OgpBotProcess.RunAsync(folder.Path, ["places", file]);

        run.Code.ShouldBe(1);
        run.Output.ShouldBe("");
        run.Errors.ShouldContain("colonias.csv:3: `cuauhtemok` is no borough of the consultation; did you mean `cuauhtemoc`?");
    }
}
