using System.Net;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Judging;

namespace OgpBot.Tests.Staff;

/// <summary>The pages of judging, as the browser gets them.</summary>
public sealed class JudgingPagesTests : IAsyncLifetime
{
    private JudgingHost host = null!;
    private HttpClient ana = null!;

    public async ValueTask InitializeAsync()
    {
        host = await JudgingHost.StartAsync();
        ana = host.Browser("ana", StaffRole.Reviewer);
    }

    public async ValueTask DisposeAsync()
    {
        ana.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_judges_blind_and_then_reads_what_others_said()
    {
        await host.Desk.JudgeAsync("berta", "F1", host.Say(Verdict.Met, "axis"), Cancel);
        var before = WebUtility.HtmlDecode(await ana.GetStringAsync("/staff/s/F1", Cancel));
        before.ShouldContain("Otras personas ya lo juzgaron.");
        before.ShouldContain("Personas que ya lo juzgaron: 1. Deben ser: 2.");
        before.ShouldNotContain("Porque axis");

        var after = await JudgingHost.SendAsync(ana, "/staff/s/F1?state=received", "Judge", Fields("0", ""));

        after.ShouldContain("F1: su juicio quedó guardado.");
        after.ShouldContain("Sra. berta");
        after.ShouldContain("Porque axis");
        after.ShouldContain("Personas que ya lo juzgaron: 2. Deben ser: 2.");
    }

    [Fact]
    public async Task What_was_typed_stays_where_it_could_not_be_kept()
    {
        var fields = Fields("0", "").Where(field => field.Name != "verdict-axis").Append(("verdict-axis", "1")).ToArray();

        var refused = await JudgingHost.SendAsync(ana, "/staff/s/F2", "Judge", fields);

        refused.ShouldContain("Escriba por qué en cada criterio");
        refused.ShouldContain("id=\"axis-1\" name=\"verdict-axis\" value=\"1\" required checked");
        refused.ShouldContain("action=\"/staff/s/F2?handler=Decide\"");
        (await host.FindAsync("F2")).Judged.ShouldBe(0);
    }

    [Fact]
    public async Task Who_leaves_a_submission_to_others_is_offered_neither_judging_nor_deciding()
    {
        (await ana.GetStringAsync("/staff/s/F1", Cancel)).ShouldContain("handler=Decide");
        (await JudgingHost.SendAsync(ana, "/staff/s/F1", "Leave", ("why", " "))).ShouldContain("también hace falta una frase");

        var left = await JudgingHost.SendAsync(ana, "/staff/s/F1", "Leave", ("why", "Es de mi calle."));

        left.ShouldContain("F1: lo dejó a otras personas.");
        left.ShouldContain("Usted lo deja a otras personas.");
        left.ShouldNotContain("handler=Judge");
        left.ShouldNotContain("handler=Decide");
        left.ShouldNotContain("Es de mi calle.");
    }

    [Fact]
    public async Task A_viewer_reads_and_may_not_judge_nor_declare()
    {
        using var viewer = host.Browser("vera", StaffRole.Viewer);

        (await viewer.GetStringAsync("/staff/s/F1", Cancel)).ShouldNotContain("handler=Judge");
        (await viewer.GetAsync("/staff/interests", Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.GetStringAsync("/staff/agreement", Cancel)).ShouldNotContain("handler=Pilot");
        await JudgingHost.SendAsync(viewer, "/staff/s/F1", "Judge", Fields("0", ""));
        (await host.FindAsync("F1")).Judged.ShouldBe(0);
    }

    [Fact]
    public async Task Interests_are_declared_seen_and_withdrawn()
    {
        var refused = await JudgingHost.SendAsync(ana, "/staff/interests", "Declare", ("about", ""), ("folio", "PAGA-no"), ("why", "Es de mi calle."));
        refused.ShouldContain("No existe ese aporte");
        refused.ShouldContain("value=\"PAGA-no\"");

        var declared = await JudgingHost.SendAsync(ana, "/staff/interests", "Declare", ("about", "axis:3"), ("why", "Mi hermana trabaja ahí."));
        declared.ShouldContain("Declaración guardada.");
        declared.ShouldContain("Mi hermana trabaja ahí.");
        using var berta = host.Browser("berta", StaffRole.Reviewer);
        (await berta.GetStringAsync("/staff/interests", Cancel)).ShouldContain("No ha declarado nada.");

        var id = (await host.Desk.ExcludedAsync("ana", Cancel)).Single().Id;
        (await JudgingHost.SendAsync(berta, "/staff/interests", "Withdraw", ("id", id))).ShouldContain("No existe");
        (await JudgingHost.SendAsync(ana, "/staff/interests", "Withdraw", ("id", id))).ShouldContain("Declaración retirada.");
    }

    [Fact]
    public async Task Agreement_shows_differences_numbers_and_a_dash_where_kappa_is_not_defined()
    {
        await host.Desk.JudgeAsync("ana", "F1", host.Say(Verdict.Met), Cancel);
        await host.Desk.JudgeAsync("berta", "F1", host.Say(Verdict.Met, "axis"), Cancel);
        using var carla = host.Browser("carla", StaffRole.Coordinator);

        var page = WebUtility.HtmlDecode(await carla.GetStringAsync("/staff/agreement", Cancel));

        page.ShouldContain("Sra. berta: <span class=\"tag\">No cumple</span> Porque axis");
        // One text, on which all agree but of the axis: raw 1 and no κ; of the axis raw 0 and κ 0. Wilson of 1 of 1: 1 / (1 + 3.8415) = 0.21.
        page.ShouldContain("<td>1.00 (0.21 a 1.00)</td>");
        page.ShouldContain("<td>—</td>");
        page.ShouldContain("<td>0.00</td>");
        page.ShouldContain("value=\"2026-10-18\"");
        page.ShouldContain("value=\"2026-11-16\"");
        page.ShouldNotContain("NaN");
        WebUtility.HtmlDecode(await carla.GetStringAsync("/staff/agreement?from=2026-11-17&to=2026-11-18", Cancel)).ShouldNotContain("<td>1.00");
        using var diana = host.Browser("diana", StaffRole.Reviewer);
        WebUtility.HtmlDecode(await diana.GetStringAsync("/staff/agreement", Cancel)).ShouldSatisfyAllConditions(
            shown => shown.ShouldNotContain("Porque axis"), shown => shown.ShouldNotContain("<td>1.00"));
    }

    [Theory]
    [InlineData("from=2026-13-01")]
    [InlineData("from=2026-11-20&to=2026-11-10")]
    [InlineData("to=9999-12-31")]
    [InlineData("from=x&to=y")]
    public async Task A_period_that_is_none_is_told_in_words(string query) =>
        WebUtility.HtmlDecode(await ana.GetStringAsync($"/staff/agreement?{query}", Cancel)).ShouldContain("Elija dos días, el primero antes del segundo.");

    [Fact]
    public async Task Only_who_coordinates_marks_the_pilot()
    {
        await JudgingHost.SendAsync(ana, "/staff/agreement", "Pilot", ("count", "1"));
        (await host.FindAsync("F1")).IsPilot.ShouldBeFalse();
        using var carla = host.Browser("carla", StaffRole.Coordinator);

        (await JudgingHost.SendAsync(carla, "/staff/agreement", "Pilot", ("count", "201"))).ShouldContain("role=\"alert\">De 1 a 200.");
        (await JudgingHost.SendAsync(carla, "/staff/agreement", "Pilot", ("count", "1"))).ShouldContain("Textos marcados como piloto: 1.");

        (await host.FindAsync("F1")).IsPilot.ShouldBeTrue();
        (await ana.GetStringAsync("/staff/s/F1", Cancel)).ShouldContain(">piloto</span>");
    }

    [Theory]
    [InlineData("/staff/s/F1")]
    [InlineData("/staff/agreement")]
    [InlineData("/staff/interests")]
    public async Task English_is_spoken_too(string page)
    {
        ana.DefaultRequestHeaders.Add("Cookie", "ogpbot-desk-language=en");

        (await ana.GetStringAsync(page, Cancel)).ShouldContain("Conflicts of interest");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private (string Name, string Value)[] Fields(string verdict, string why) =>
        [.. host.Desk.Criteria.SelectMany(criterion => new[] { ($"verdict-{criterion.Id}", verdict), ($"why-{criterion.Id}", why) })];
}
