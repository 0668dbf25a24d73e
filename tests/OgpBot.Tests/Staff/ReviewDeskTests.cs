using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Staff.Audit;
using OgpBot.Staff.Deciding;
using OgpBot.Staff.Judging;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Review;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>What staff do to submissions: the rules of moves, all or nothing, publication, and the record of it.</summary>
public sealed class ReviewDeskTests : IAsyncLifetime
{
    private const string Ana = "ana";

    private readonly TemporaryFolder folder = new();
    private TestHost host = null!;

    private ReviewDesk Desk => host.Get<ReviewDesk>();

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(folder.Path);
        await WriteAsync(database =>
        {
            database.Add(new Citizen { Id = "c1" });
            database.AddRange(Enumerable.Range(1, 4).Select(at => new Submission
            {
                Id = $"s{at}",
                Folio = $"F{at}",
                CitizenId = "c1",
                ReceivedAt = host.Clock.GetUtcNow(),
                Consultation = "x",
                Channel = "web",
                Language = "es",
                Axis = at == 4 ? "3" : "2",
                Scope = "city",
                Problem = $"Problema {at}",
                Proposal = at == 1 ? "Propuesta 1" : null,
            }));
            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(ReviewState.Selected, null, null, ActRefusal.None)]
    [InlineData(ReviewState.NotSelected, null, null, ActRefusal.NoReason)]
    [InlineData(ReviewState.NotSelected, "outside", " ", ActRefusal.NoReason)]
    [InlineData(ReviewState.NotSelected, "place", "¿Dónde?", ActRefusal.NoReason)]
    [InlineData(ReviewState.NotSelected, "outside", "Se atiende por otra vía.", ActRefusal.None)]
    [InlineData(ReviewState.NeedsChanges, "place", "¿En qué calle?", ActRefusal.None)]
    [InlineData(ReviewState.Withdrawn, null, null, ActRefusal.NotAllowed)]
    [InlineData(ReviewState.AtTable, null, null, ActRefusal.NotAllowed)]
    [InlineData(ReviewState.DuplicateOf, null, null, ActRefusal.NoOriginal)]
    public async Task A_move_needs_what_the_rules_say(ReviewState to, string? reason, string? words, ActRefusal refusal)
    {
        (await MoveAsync(["F1"], new Move(to, reason, words))).Refusal.ShouldBe(refusal);

        (await FindAsync("F1")).Submission.ReviewState.ShouldBe(refusal == ActRefusal.None ? to : ReviewState.Received);
    }

    [Fact]
    public async Task Many_are_moved_all_or_none_and_each_is_told_once()
    {
        await MoveAsync(["F3"], new Move(ReviewState.Selected));
        var move = new Move(ReviewState.NotSelected, "outside", "Se atiende por otra vía.");

        var refused = await MoveAsync(["F1", "F2", "F3", "F9"], move);

        refused.Results.Select(result => result.Refusal).ShouldBe([ActRefusal.None, ActRefusal.None, ActRefusal.NotAllowed, ActRefusal.Unknown]);
        (await NoticesAsync()).ShouldBe([("F3", "host.notice_selected")]);

        (await MoveAsync(["F1", "F2"], move)).IsDone.ShouldBeTrue();

        (await NoticesAsync()).Skip(1).ShouldBe([("F1", "host.notice_not_selected"), ("F2", "host.notice_not_selected")]);
        (await FindAsync("F2")).Submission.ToldState.ShouldBe(ReviewState.NotSelected);
    }

    [Fact]
    public async Task A_decision_is_told_when_it_is_published_and_only_the_last()
    {
        await MoveAsync(["F1", "F2"], new Move(ReviewState.NotSelected, "outside", "No.", Publish: false));
        await MoveAsync(["F1"], new Move(ReviewState.InReview));
        await MoveAsync(["F1"], new Move(ReviewState.Selected, Publish: false));
        (await FindAsync("F1")).Submission.ShouldSatisfyAllConditions(row => row.ReviewState.ShouldBe(ReviewState.Selected), row => row.ToldState.ShouldBe(ReviewState.InReview));
        (await NoticesAsync()).ShouldBeEmpty();

        (await Desk.PublishAsync(Ana, null, Cancel)).ShouldBe(2);
        (await Desk.PublishAsync(Ana, null, Cancel)).ShouldBe(0);

        (await NoticesAsync()).Order().ShouldBe([("F1", "host.notice_selected"), ("F2", "host.notice_not_selected")]);
        (await FindAsync("F1")).Submission.ToldState.ShouldBe(ReviewState.Selected);
    }

    [Fact]
    public async Task Who_saw_an_older_state_is_told_so_and_changes_nothing()
    {
        await MoveAsync(["F1"], new Move(ReviewState.Selected) { Seen = ReviewState.Received });

        var late = await MoveAsync(["F1"], new Move(ReviewState.NotSelected, "outside", "No.") { Seen = ReviewState.Received });

        late.Refusal.ShouldBe(ActRefusal.Changed);
        (await FindAsync("F1")).Submission.ReviewState.ShouldBe(ReviewState.Selected);
    }

    [Fact]
    public async Task A_selected_proposal_joins_the_group_and_leaves_it_when_the_selection_is_taken_back()
    {
        await MoveAsync(["F1", "F2"], new Move(ReviewState.Selected) { WithProposal = true });
        (await ReadAsync(database => database.Set<ProposedSolution>().ToListAsync())).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(solution => solution.Text.ShouldBe("Propuesta 1"), solution => solution.LeftAt.ShouldBeNull());

        await MoveAsync(["F1"], new Move(ReviewState.InReview));

        (await ReadAsync(database => database.Set<ProposedSolution>().SingleAsync())).LeftAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_duplicate_is_linked_and_keeps_its_folio()
    {
        (await MoveAsync(["F2"], new Move(ReviewState.DuplicateOf) { DuplicateOf = "F2" })).Refusal.ShouldBe(ActRefusal.NoOriginal);
        (await MoveAsync(["F2"], new Move(ReviewState.DuplicateOf) { DuplicateOf = "F1" })).IsDone.ShouldBeTrue();
        (await MoveAsync(["F3"], new Move(ReviewState.DuplicateOf) { DuplicateOf = "F2" })).Refusal.ShouldBe(ActRefusal.NoOriginal, "no chains");

        (await FindAsync("F1")).Duplicates.ShouldBe(["F2"]);
        (await FindAsync("F2")).Submission.DuplicateOf.ShouldBe("F1");
    }

    [Fact]
    public async Task What_a_person_must_leave_to_others_she_can_neither_decide_nor_be_given()
    {
        await WriteAsync(database =>
        {
            database.Add(new Recusal { Id = "r1", StaffId = Ana, Kind = RecusalKind.Axis, Value = "3", Why = "Trabajó ahí.", At = host.Clock.GetUtcNow() });
            return Task.CompletedTask;
        });

        (await MoveAsync(["F4"], new Move(ReviewState.Selected))).Refusal.ShouldBe(ActRefusal.Conflict);
        (await Desk.AssignAsync("berta", ["F1", "F4"], Ana, Cancel)).Results.Select(result => result.Refusal).ShouldBe([ActRefusal.None, ActRefusal.Conflict]);
        (await FindAsync("F1")).Submission.AssignedTo.ShouldBeNull();
    }

    [Fact]
    public async Task The_axis_can_be_corrected_to_an_option_and_not_over_anothers_correction()
    {
        var axis = host.Get<Lazy<DialogLibrary>>().Value.Form.Of("axis")!;

        (await Desk.CorrectAsync(Ana, "F1", axis, "2", "nine", Cancel)).Refusal.ShouldBe(ActRefusal.NotAllowed);
        (await Desk.CorrectAsync(Ana, "F1", axis, "2", "3", Cancel)).IsDone.ShouldBeTrue();
        (await Desk.CorrectAsync("berta", "F1", axis, "2", "4", Cancel)).Refusal.ShouldBe(ActRefusal.Changed);

        (await FindAsync("F1")).Submission.Axis.ShouldBe("3");
    }

    [Fact]
    public async Task Each_act_is_in_the_audit_once_and_a_changed_row_is_named()
    {
        await MoveAsync(["F1"], new Move(ReviewState.NotSelected, "outside", "No."));
        await MoveAsync(["F1"], new Move(ReviewState.Withdrawn));
        await Desk.NoteAsync(Ana, "F1", "Una nota con un nombre", Cancel);
        await Desk.AssignAsync(Ana, ["F2"], "berta", Cancel);

        var entries = await ReadAsync(database => database.Set<AuditEntry>().OrderBy(entry => entry.Seq).ToListAsync());
        entries.Select(entry => $"{entry.Seq} {entry.Who} {entry.Act} {entry.Subject} {entry.From}>{entry.To} {entry.Why}").ShouldBe(
            ["1 ana decide F1 received>not_selected outside", "2 ana note F1 > ", "3 ana assign F2 >berta "]);
        entries.ShouldAllBe(entry => entry.Hash.Length == 64);
        (await VerifyAsync()).ShouldBe((3, null));

        await WriteAsync(database => database.Set<AuditEntry>().Where(entry => entry.Seq == 2).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Who, "berta")));
        (await VerifyAsync()).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_row_that_is_taken_out_of_the_audit_is_missed()
    {
        foreach (var note in new[] { "uno", "dos", "tres" })
        {
            await Desk.NoteAsync(Ana, "F1", note, Cancel);
        }

        await WriteAsync(database => database.Set<AuditEntry>().Where(entry => entry.Seq == 2).ExecuteDeleteAsync());

        (await VerifyAsync()).ShouldBe((1, 2));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<ActOutcome> MoveAsync(string[] folios, Move move) => Desk.MoveAsync(Ana, folios, move, Cancel);

    private async Task<SubmissionFile> FindAsync(string folio) => (await host.Get<SubmissionFiles>().FindAsync(folio, Cancel))!;

    private Task<(long Good, long? Broken)> VerifyAsync() => ReadAsync(database => AuditTrail.VerifyAsync(database, Cancel));

    private async Task<List<(string Folio, string Text)>> NoticesAsync() => [.. (await ReadAsync(database => database.Set<Notice>().OrderBy(notice => notice.Id)
        .Join(database.Set<Submission>(), notice => notice.SubmissionId, row => row.Id, (notice, row) => new { row.Folio, notice.Text, notice.At })
        .ToListAsync())).Select(notice => (notice.Folio, notice.Text))];

    private async Task<T> ReadAsync<T>(Func<OgpBotDb, Task<T>> read)
    {
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(Cancel);
        return await read(database);
    }

    private Task WriteAsync(Func<DbContext, Task> write) => host.Get<TurnWriter>().WriteAsync(
        async session =>
        {
            await write(session.Database);
            await session.Database.SaveChangesAsync();
            return true;
        },
        Cancel);
}
