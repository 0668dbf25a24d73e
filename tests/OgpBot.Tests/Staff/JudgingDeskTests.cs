using Microsoft.EntityFrameworkCore;
using OgpBot.Staff.Deciding;
using OgpBot.Staff.Judging;
using OgpBot.Submissions;

namespace OgpBot.Tests.Staff;

/// <summary>Judging, the pilot, differences, and what people leave to others.</summary>
public sealed class JudgingDeskTests : IAsyncLifetime
{
    private JudgingHost host = null!;

    public async ValueTask InitializeAsync() => host = await JudgingHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task People_judge_by_the_criteria_that_are_more_than_help()
    {
        host.Desk.Criteria.Select(criterion => criterion.Id).ShouldContain("collective");
        host.Desk.Criteria.Select(criterion => criterion.Id).ShouldNotContain("substance");

        (await JudgeAsync("ana", "F1", host.Say(Verdict.Met))).ShouldBe(ActRefusal.None);

        (await host.FindAsync("F1")).Judged.ShouldBe(1);
    }

    [Fact]
    public async Task A_later_word_takes_the_place_of_the_earlier_and_each_reader_counts_once()
    {
        await JudgeAsync("ana", "F1", host.Say(Verdict.Met));
        await JudgeAsync("ana", "F1", host.Say(Verdict.Met, "axis", Verdict.CannotSay));
        await JudgeAsync("berta", "F1", host.Say(Verdict.Met));

        (await host.FindAsync("F1")).Judged.ShouldBe(2);
        var said = await host.ReadAsync(database => database.Set<Judgement>().Where(judgement => judgement.StaffId == "ana").ToListAsync(Cancel));
        said.Count.ShouldBe(host.Desk.Criteria.Count);
        said.Single(judgement => judgement.Criterion == "axis").ShouldSatisfyAllConditions(
            judgement => judgement.Verdict.ShouldBe(Verdict.CannotSay), judgement => judgement.Why.ShouldBe("Porque axis"));
    }

    [Fact]
    public async Task The_audit_tells_who_judged_and_never_what()
    {
        await JudgeAsync("ana", "F1", host.Say(Verdict.NotMet));

        (await host.AuditAsync()).ShouldBe(["ana judge F1 >"]);
    }

    [Theory]
    [InlineData(Verdict.Met, null, ActRefusal.None)]
    [InlineData(Verdict.NotMet, " ", ActRefusal.NoReason)]
    [InlineData(Verdict.CannotSay, null, ActRefusal.NoReason)]
    [InlineData((Verdict)7, "Porque sí", ActRefusal.NotAllowed)]
    public async Task A_sentence_is_needed_where_a_criterion_is_not_met_or_cannot_be_told(Verdict verdict, string? why, ActRefusal refusal)
    {
        var said = host.Say(Verdict.Met).Skip(1).Prepend(new CriterionVerdict(host.Desk.Criteria[0].Id, verdict, why)).ToList();

        (await JudgeAsync("ana", "F1", said)).ShouldBe(refusal);

        (await host.FindAsync("F1")).Judged.ShouldBe(refusal == ActRefusal.None ? 1 : 0);
    }

    [Fact]
    public async Task What_is_not_all_criteria_once_is_refused_and_nothing_is_kept()
    {
        var all = host.Say(Verdict.Met);

        (await JudgeAsync("ana", "F1", [.. all.Skip(1)])).ShouldBe(ActRefusal.NotAllowed);
        (await JudgeAsync("ana", "F1", [.. all.Skip(1), all[1]])).ShouldBe(ActRefusal.NotAllowed);
        (await JudgeAsync("ana", "F9", all)).ShouldBe(ActRefusal.Unknown);
        (await JudgeAsync("ana", "F3", all)).ShouldBe(ActRefusal.NotAllowed, "it is withdrawn");

        (await host.ReadAsync(database => database.Set<Judgement>().CountAsync(Cancel))).ShouldBe(0);
        (await host.AuditAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_axis_is_left_to_others_with_all_that_was_hers_of_it_until_the_declaration_is_withdrawn()
    {
        await host.WriteAsync(database => database.Set<Submission>().ExecuteUpdateAsync(set => set.SetProperty(row => row.AssignedTo, "ana")));

        (await host.Desk.DeclareAsync("ana", RecusalKind.Axis, "3", "Mi hermana trabaja ahí.", Cancel)).ShouldBe(ActRefusal.None);

        (await host.FindAsync("F4")).AssignedTo.ShouldBeNull();
        (await host.FindAsync("F1")).AssignedTo.ShouldBe("ana");
        (await JudgeAsync("ana", "F4", host.Say(Verdict.Met))).ShouldBe(ActRefusal.Conflict);
        (await JudgeAsync("berta", "F4", host.Say(Verdict.Met))).ShouldBe(ActRefusal.None);
        var declared = (await host.Desk.ExcludedAsync("ana", Cancel)).ShouldHaveSingleItem();
        (await host.Desk.ExcludedAsync("berta", Cancel)).ShouldBeEmpty();

        (await host.Desk.WithdrawAsync("berta", declared.Id, Cancel)).ShouldBe(ActRefusal.Unknown, "it is not hers");
        (await host.Desk.WithdrawAsync("ana", declared.Id, Cancel)).ShouldBe(ActRefusal.None);

        (await JudgeAsync("ana", "F4", host.Say(Verdict.Met))).ShouldBe(ActRefusal.None);
        (await host.AuditAsync()).ShouldBe(
            ["ana recuse ana >axis=3", "ana assign F4 ana>", "berta judge F4 >", "ana recuse ana axis=3>", "ana judge F4 >"], "and never the sentence");
    }

    [Fact]
    public async Task A_body_and_a_folio_can_be_left_to_others_and_what_is_unknown_is_refused()
    {
        (await host.Desk.DeclareAsync("ana", RecusalKind.Body, "Secretaría de Movilidad", "Trabajé ahí.", Cancel)).ShouldBe(ActRefusal.None);
        (await host.Desk.DeclareAsync("ana", RecusalKind.Folio, "F1", "Es de mi calle.", Cancel)).ShouldBe(ActRefusal.None);
        (await host.Desk.DeclareAsync("ana", RecusalKind.Folio, "F1", "Es de mi vecina.", Cancel)).ShouldBe(ActRefusal.None);
        (await host.Desk.DeclareAsync("ana", RecusalKind.Body, "Nadie", "Trabajé ahí.", Cancel)).ShouldBe(ActRefusal.Unknown);
        (await host.Desk.DeclareAsync("ana", RecusalKind.Axis, "77", "Trabajé ahí.", Cancel)).ShouldBe(ActRefusal.Unknown);
        (await host.Desk.DeclareAsync("ana", RecusalKind.Folio, "F9", "Es de mi calle.", Cancel)).ShouldBe(ActRefusal.Unknown);
        (await host.Desk.DeclareAsync("ana", RecusalKind.Folio, "F2", " ", Cancel)).ShouldBe(ActRefusal.NoReason);

        (await host.Desk.ExcludedAsync("ana", Cancel)).Select(recusal => $"{recusal.Value}: {recusal.Why}")
            .ShouldBe(["Secretaría de Movilidad: Trabajé ahí.", "F1: Es de mi vecina."]);
        (await JudgeAsync("ana", "F4", host.Say(Verdict.Met))).ShouldBe(ActRefusal.Conflict, "that body takes part in its axis");
        (await JudgeAsync("ana", "F1", host.Say(Verdict.Met))).ShouldBe(ActRefusal.Conflict);
        (await JudgeAsync("ana", "F2", host.Say(Verdict.Met))).ShouldBe(ActRefusal.None);
    }

    [Fact]
    public async Task The_pilot_is_of_the_oldest_that_nobody_judged()
    {
        await JudgeAsync("ana", "F1", host.Say(Verdict.Met));

        (await host.Desk.MarkPilotAsync("carla", 1, Cancel)).ShouldBe(1);
        (await host.Desk.MarkPilotAsync("carla", 5, Cancel)).ShouldBe(1, "F1 was judged, F2 is in the pilot, F3 is withdrawn");

        (await host.ReadAsync(database => database.Set<Submission>().Where(row => row.IsPilot).Select(row => row.Folio).Order().ToListAsync(Cancel)))
            .ShouldBe(["F2", "F4"]);
        (await host.AuditAsync()).ShouldContain("carla pilot F2 >");
    }

    [Fact]
    public async Task A_difference_is_seen_by_who_coordinates_and_by_who_judged()
    {
        await JudgeAsync("ana", "F1", host.Say(Verdict.Met));
        await JudgeAsync("berta", "F1", host.Say(Verdict.Met, "axis"));
        await JudgeAsync("ana", "F2", host.Say(Verdict.Met));
        await JudgeAsync("berta", "F2", host.Say(Verdict.Met, "axis", Verdict.CannotSay));

        var found = (await host.Files.DifferencesAsync("carla", coordinates: true, Cancel)).ShouldHaveSingleItem();
        (found.Folio, found.Criterion.Id).ShouldBe(("F1", "axis"));
        found.Said.Select(said => $"{said.StaffId} {said.Verdict}").Order().ShouldBe(["ana Met", "berta NotMet"]);
        (await host.Files.DifferencesAsync("berta", coordinates: false, Cancel)).Count.ShouldBe(1);
        (await host.Files.DifferencesAsync("diana", coordinates: false, Cancel)).ShouldBeEmpty("she has not judged it");

        await host.Desk.DeclareAsync("carla", RecusalKind.Folio, "F1", "Es de mi calle.", Cancel);
        (await host.Files.DifferencesAsync("carla", coordinates: true, Cancel)).ShouldBeEmpty("she leaves it to others");

        await host.WriteAsync(database => database.Set<Submission>()
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ReviewState, ReviewState.Selected)));
        (await host.Files.DifferencesAsync("berta", coordinates: false, Cancel)).ShouldBeEmpty("it is decided");
    }

    [Fact]
    public async Task Agreement_is_of_the_period_the_pilot_and_what_the_person_may_see()
    {
        await host.Desk.MarkPilotAsync("carla", 1, Cancel);
        var start = host.Clock.GetUtcNow();
        await BothAsync("F1", Verdict.Met);
        host.Clock.Set(start.AddDays(1));
        await BothAsync("F2", Verdict.NotMet);

        (await TextsAsync("carla", true, start, start.AddDays(2))).ShouldBe([2, 2, 2, 2]);
        (await TextsAsync("carla", true, start, start.AddDays(1))).ShouldBe([1, 1, 1, 1]);
        (await TextsAsync("carla", true, start.AddDays(1), start.AddDays(2), pilotOnly: true)).ShouldBe([0, 0, 0, 0]);
        (await TextsAsync("carla", true, start, start.AddDays(2), pilotOnly: true)).ShouldBe([1, 1, 1, 1]);
        (await TextsAsync("diana", false, start, start.AddDays(2))).ShouldBe([0, 0, 0, 0], "blind, she has judged nothing");
        (await TextsAsync("berta", false, start, start.AddDays(2))).ShouldBe([2, 2, 2, 2]);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<ActRefusal> JudgeAsync(string by, string folio, IReadOnlyList<CriterionVerdict> said) => host.Desk.JudgeAsync(by, folio, said, Cancel);

    private async Task BothAsync(string folio, Verdict verdict)
    {
        (await JudgeAsync("ana", folio, host.Say(verdict))).ShouldBe(ActRefusal.None);
        (await JudgeAsync("berta", folio, host.Say(verdict))).ShouldBe(ActRefusal.None);
    }

    private async Task<IEnumerable<int>> TextsAsync(string viewer, bool coordinates, DateTimeOffset since, DateTimeOffset until, bool pilotOnly = false) =>
        (await host.Files.AgreementAsync(viewer, coordinates, since, until, pilotOnly, Cancel)).Select(row => row.Agreement.Texts);
}
