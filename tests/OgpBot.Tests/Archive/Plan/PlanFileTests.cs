using Microsoft.Extensions.Logging;
using OgpBot.Archive.Plan;
using OgpBot.Dialogs;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Archive.Plan;

/// <summary>An edit shows without a restart, and a broken one changes nothing.</summary>
public sealed class PlanFileTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder folder = new();
    private readonly LogLines log = new();
    private readonly TestClock clock = new();
    private readonly LoggerFactory loggers;
    private readonly PlanFile plan;
    private readonly string process;

    public PlanFileTests()
    {
        loggers = new LoggerFactory([log]);
        plan = new PlanFile(PlanFolder.Copy(folder), clock, loggers.CreateLogger<PlanFile>());
        process = folder.File("process.yaml");
    }

    private IEnumerable<string> Warnings => log.All.Where(line => line.StartsWith("Warning", StringComparison.Ordinal));

    [Fact]
    public void An_edit_shows_after_a_second_and_the_file_is_not_looked_at_before()
    {
        var before = plan.Current;
        PlanFolder.Replace(process, "el primer plan se preparó pero no se publicó", "el plan se publicó");

        clock.Advance(Second / 2);
        plan.Current.ShouldBeSameAs(before);
        clock.Advance(Second);

        plan.Current.Summary.In("es").ShouldContain("el plan se publicó");
        plan.Current.ShouldBeSameAs(plan.Current, "what is made of it can be kept");
    }

    [Fact]
    public void What_has_not_changed_is_not_read_again()
    {
        var before = plan.Current;
        clock.Advance(Second);
        plan.Current.ShouldBeSameAs(before);
    }

    [Fact]
    public void A_broken_edit_keeps_the_last_good_state_and_is_told_once_with_its_line()
    {
        var before = plan.Current;
        var good = File.ReadAllText(process);
        var line = 1 + File.ReadAllLines(process).Index().First(pair => pair.Item.Contains("state: overdue", StringComparison.Ordinal)).Index;
        PlanFolder.Replace(process, "state: overdue", "state: overdu");

        for (var look = 0; look < 3; look++)
        {
            clock.Advance(Second);
            plan.Current.ShouldBeSameAs(before);
        }

        Warnings.ShouldHaveSingleItem().ShouldContain($"process.yaml:{line}: `overdu` is no state; did you mean `overdue`?");
        PlanFolder.Edit(process, good);
        clock.Advance(Second);
        plan.Current.ShouldNotBeSameAs(before);
        Warnings.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_file_that_disappears_or_holds_half_a_text_changes_nothing()
    {
        var before = plan.Current;
        var good = File.ReadAllText(process);
        File.Delete(process);
        clock.Advance(Second);
        plan.Current.ShouldBeSameAs(before);
        PlanFolder.Edit(process, good[..(good.Length / 2)]);
        clock.Advance(Second);
        plan.Current.ShouldBeSameAs(before);
        PlanFolder.Edit(process, "");
        clock.Advance(Second);
        plan.Current.ShouldBeSameAs(before);
        PlanFolder.Edit(process, good);
        clock.Advance(Second);
        plan.Current.ShouldNotBeSameAs(before);
    }

    [Fact]
    public void A_new_source_shows_with_the_edit_that_points_at_it()
    {
        File.AppendAllText(folder.File("sources.yaml"), "- {id: gaceta-2027, file: g, title: Gaceta, short: Gaceta, publisher: P, date: '2027', url: '', sha256: '0'}\n");
        PlanFolder.Replace(process, "sources:\n      - {document: memoria-2023, section: Desarrollo de las etapas, words: [tendría", "sources:\n      - {document: gaceta-2027}\n      - {document: memoria-2023, section: Desarrollo de las etapas, words: [tendría");
        clock.Advance(Second);
        plan.Current.Documents.ShouldContain(source => source.Id == "gaceta-2027");
    }

    [Fact]
    public void At_the_start_a_broken_file_is_an_error()
    {
        PlanFolder.Replace(process, "state: overdue", "state: overdu");
        Should.Throw<DataException>(() => new PlanFile(folder.Path, clock, loggers.CreateLogger<PlanFile>()));
    }

    public void Dispose()
    {
        loggers.Dispose();
        log.Dispose();
        folder.Dispose();
    }
}
