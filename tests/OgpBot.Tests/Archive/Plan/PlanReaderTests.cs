using OgpBot.Archive.Plan;
using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Archive.Plan;

/// <summary><c>process.yaml</c> is read whole, and each mistake in it is told with its line.</summary>
public sealed class PlanReaderTests
{
    private const string Stage = "  - {id: a, kind: stage, name: A, state: done, note: n, sources: [{document: memo, section: S, words: [w]}]}";

    private static readonly string Whole = $$"""
        asOf: {date: 2023-06-06, note: n, sources: [{document: memo, section: S, words: [w]}]}
        summary: {es: Resumen., en: Summary.}
        stages:
        {{Stage}}
          - id: b
            kind: stage
            name: {es: B, en: Be}
            planned: 2022
            actual: {from: 2022-07, to: 2022-09-05}
            state: overdue
            note: n
            sources: [{document: memo, section: S, words: [w]}]

        """;

    public static TheoryData<string, string, int, string> Mistakes => new()
    {
        { "kind: stage, name: A", "kind: stag, name: A", 4, "`stag` is no kind; did you mean `stage`?" },
        { "state: done", "state: dun", 4, "`dun` is no state; did you mean `done`?" },
        { "document: memo, section: S, words: [w]}]\n", "document: memmo, section: S, words: [w]}]\n", 12, "`memmo` is no source; did you mean `memo`?" },
        { "planned: 2022", "planned: 22", 8, "`22` is not a date of the form 2022, 2022-07 or 2022-07-05" },
        { "planned: 2022", "planned: 2022-02-30", 8, "`2022-02-30` is not a date of the form 2022, 2022-07 or 2022-07-05" },
        { "planned: 2022", "planed: 2022", 8, "`planed` is not known here; did you mean `planned`?" },
        { "{from: 2022-07, to: 2022-09-05}", "{from: 2022-10, to: 2022-09-05}", 9, "`to` lies before `from`" },
        { "{from: 2022-07, to: 2022-09-05}", "{from: 2022-07}", 9, "`to` is missing" },
        { "{from: 2022-07, to: 2022-09-05}", "{from: 2022-07, until: 2022-09}", 9, "`until` is not known here" },
        { "id: b", "id: a", 5, "the id `a` stands twice" },
        { "state: overdue", "state: [overdue]", 5, "`state` is missing" },
        { "summary:", "sumary:", 2, "`sumary` is not known here; did you mean `summary`?" },
        { "{es: Resumen., en: Summary.}", "{en: Summary.}", 2, "a text in the language `es` is missing" },
        { Stage, "  - {id: a, kind: stage, name: A, state: done, note: n}", 4, "`sources` is missing: which document says so?" },
        { "date: 2023-06-06, ", "", 1, "`date` is missing" },
        { "stages:", "unknown: [no]\nevents: [{what: x, sources: [{document: memo}]}]\nstages:", 4, "`date` is missing" },
        { "stages:", "axes: {number: 1}\nstages:", 3, "`axes` must be a list" },
        { "stages:", "stages: [", 4, "this is not YAML" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_line(string right, string wrong, int line, string message)
    {
        using var folder = new TemporaryFolder();
        Whole.ShouldContain(right);
        PlanFolder.Write(folder, Whole.Replace(right, wrong, StringComparison.Ordinal));

        var problems = Should.Throw<DataException>(() => PlanReader.Read(folder.Path)).Problems;

        problems.ShouldContain(problem => problem.File == "process.yaml" && problem.Line == line && problem.Message.Contains(message), string.Join('\n', problems));
    }

    [Fact]
    public void Dates_are_as_exact_as_the_file_has_them()
    {
        using var folder = new TemporaryFolder();
        PlanFolder.Write(folder, Whole);

        var plan = PlanReader.Read(folder.Path);

        plan.AsOf.Date.ShouldBe(new PlanDay(2023, 6, 6));
        var stage = plan.Stages[1];
        (stage.Name.In("en"), stage.State, stage.IsPause).ShouldBe(("Be", PlanState.Overdue, false));
        stage.Planned.ShouldBe(new PlanDate(new PlanDay(2022, null, null), new PlanDay(2022, null, null)));
        (stage.Planned!.From.First, stage.Planned.To.Last).ShouldBe((new DateOnly(2022, 1, 1), new DateOnly(2022, 12, 31)));
        (stage.Actual!.From.First, stage.Actual.To.Last).ShouldBe((new DateOnly(2022, 7, 1), new DateOnly(2022, 9, 5)));
        plan.Stages[0].Planned.ShouldBeNull();
        plan.Brief.In("es").ShouldBe("Resumen.", "without a brief the summary is told");
        plan.Documents.ShouldHaveSingleItem().Id.ShouldBe("memo");
    }

    [Fact]
    public void What_is_shipped_has_every_stage_that_the_plan_goes_through()
    {
        var plan = PlanReader.Read(Repository.Archive);

        plan.Stages.Where(stage => !stage.IsPause).Select(stage => stage.Id).ShouldBe(
        [
            "application", "groups", "consultation", "selection", "tables", "commitments", "delivery", "validation", "publication", "implementation", "monitoring",
        ]);
        plan.Stages.Single(stage => stage.Id == "publication").State.ShouldBe(PlanState.Overdue);
        plan.Groups.Count.ShouldBe(4);
        plan.Axes.Count.ShouldBe(5);
        plan.Documents.Count.ShouldBe(2);
        plan.Unknown.ShouldNotBeEmpty();
    }
}
