using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Dialogs;

public sealed class PlacesTests
{
    private static readonly string[] Before = ["colonia", "en", "la"];

    [Theory]
    [InlineData("vivo en la roma norte", "Roma Norte: cuauhtemoc")]
    [InlineData("por la ribera", "Santa María la Ribera: cuauhtemoc")]
    [InlineData("la obrera no contesta", "Obrera: cuauhtemoc")]
    [InlineData("soy obrera y madre", "")]
    [InlineData("obrera", "Obrera: cuauhtemoc")]
    [InlineData("en san lorenzo", "San Lorenzo: iztapalapa, San Lorenzo: tlalpan")]
    [InlineData("no sé", "")]
    public void The_longest_name_wins_and_an_everyday_word_counts_only_in_its_place(string said, string found)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(Places.File), """
            cuauhtemoc:
              - Roma
              - Roma Norte
              - Santa María la Ribera | la Ribera
              - Obrera *
            iztapalapa:
              - San Lorenzo
            tlalpan:
              - San Lorenzo
            """);
        var problems = new List<DataProblem>();

        var places = Places.Read(folder.Path, DialogFolder.Load(Repository.Dialogs).Consultation.Boroughs, problems);

        problems.ShouldBeEmpty();
        string.Join(", ", places.Find(said, Before).Select(place => $"{place.Name}: {place.Borough}")).ShouldBe(found);
    }

    [Fact]
    public void A_borough_that_the_consultation_does_not_have_is_a_mistake_with_its_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File(Places.File), "cuauhtemoc:\n  - Roma\ntlalpam:\n  - San Lorenzo\n");
        var problems = new List<DataProblem>();

        Places.Read(folder.Path, DialogFolder.Load(Repository.Dialogs).Consultation.Boroughs, problems);

        problems.ShouldHaveSingleItem().Message.ShouldContain("`tlalpam` is no borough of the consultation; did you mean `tlalpan`?");
    }

    [Fact]
    public void The_citys_own_file_knows_two_hundred_names_and_more()
    {
        var places = DialogFolder.Load(Repository.Dialogs).Places;

        places.Find("Doctores", Before).ShouldHaveSingleItem().Borough.ShouldBe("cuauhtemoc");
        places.Names.ShouldBeGreaterThan(200);
    }
}
