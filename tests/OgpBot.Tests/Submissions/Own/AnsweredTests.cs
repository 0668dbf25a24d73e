using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Own;
using OgpBot.Submissions.Review;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Submissions.Own;

/// <summary>What a citizen may do once staff have looked at what she filed, and what she may know of it.</summary>
public sealed class AnsweredTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_she_corrects_goes_back_to_who_asked_and_is_a_move_of_her_own()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await ReceiptTests.FiledAsync(host);
        await StaffActs.DecideAsync(host, ReviewState.NeedsChanges, "place", "¿Dónde?");

        (await SayAsync(host, "mis aportes", "Corregirlo", "El eje", "Género e inclusión", "Sí, cambiar"))[0].ShouldContain("vuelve a quien le pidió el cambio");

        await using var database = await DatabaseAsync(host);
        var submission = await database.Set<Submission>().SingleAsync(Cancel);
        (submission.ReviewState, submission.ToldState, submission.AssignedTo, submission.Axis).ShouldBe((ReviewState.InReview, ReviewState.InReview, StaffActs.Staff, "5"));
        var move = await database.Set<Decision>().SingleAsync(decision => decision.By == null, Cancel);
        (move.From, move.To, move.PublishedAt).ShouldBe((ReviewState.NeedsChanges, ReviewState.InReview, TestClock.Start));
        (await database.Set<Notice>().CountAsync(notice => notice.Id == move.Id, Cancel)).ShouldBe(0);
        (await database.Set<SubmissionVersion>().CountAsync(Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Where_a_change_is_asked_for_she_may_withdraw_instead()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await ReceiptTests.FiledAsync(host);
        await StaffActs.DecideAsync(host, ReviewState.NeedsChanges, "place", "¿Dónde?");

        (await SayAsync(host, "mis aportes", "Retirarlo", "Sí, retirarlo"))[0].ShouldStartWith("Listo. Su aporte quedó retirado");

        await using var database = await DatabaseAsync(host);
        var submission = await database.Set<Submission>().SingleAsync(Cancel);
        (submission.ReviewState, submission.ToldState, submission.WithdrawnAt).ShouldBe((ReviewState.Withdrawn, ReviewState.Withdrawn, TestClock.Start));
        (await database.Set<Decision>().SingleAsync(decision => decision.To == ReviewState.Withdrawn, Cancel)).By.ShouldBeNull();
    }

    [Fact]
    public async Task What_was_decided_meanwhile_stops_a_correction_and_a_withdrawal()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        await ReceiptTests.FiledAsync(host);
        await StaffActs.DecideAsync(host, ReviewState.NeedsChanges, "place", "¿Dónde?");
        await SayAsync(host, "mis aportes", "Corregirlo", "El eje", "Género e inclusión");
        await StaffActs.DecideAsync(host, ReviewState.Selected);

        (await SayAsync(host, "Sí, cambiar"))[0].ShouldStartWith("Este aporte ya está en revisión");

        await using var database = await DatabaseAsync(host);
        var submission = await database.Set<Submission>().SingleAsync(Cancel);
        (submission.ReviewState, submission.Axis).ShouldBe((ReviewState.Selected, null));
        (await database.Set<SubmissionVersion>().CountAsync(Cancel)).ShouldBe(0);
    }

    [Fact]
    public async Task A_decision_that_is_not_published_is_known_to_nobody_outside()
    {
        await using var host = await TestHost.StartAsync(folder.Path);
        var (folio, _) = await ReceiptTests.FiledAsync(host);
        await using (var database = await DatabaseAsync(host))
        {
            await database.Set<Submission>().ExecuteUpdateAsync(set => set.SetProperty(row => row.ReviewState, ReviewState.NotSelected), Cancel);
            var id = await database.Set<Submission>().Select(submission => submission.Id).SingleAsync(Cancel);
            database.Add(new Decision { Id = "d1", SubmissionId = id, To = ReviewState.NotSelected, Reason = "own", Words = "MARCA-decisión", By = "staff-1", At = TestClock.Start });
            await database.SaveChangesAsync(Cancel);
        }

        string[] read = [.. await SayAsync(host, folio), .. await SayAsync(host, "mis aportes"), .. await SayAsync(host, "Copia en JSON"), .. await SayAsync(host, "mis datos")];

        read.Count(text => text.Contains("Estado: Recibido", StringComparison.Ordinal)).ShouldBe(3);
        read.ShouldNotContain(text => text.Contains("MARCA-decisión", StringComparison.Ordinal) || text.Contains("seleccionado", StringComparison.OrdinalIgnoreCase) || text.Contains("not_selected", StringComparison.Ordinal));
    }

    public void Dispose() => folder.Dispose();

    // All that was answered to the last one.
    private static async Task<IReadOnlyList<string>> SayAsync(TestHost host, params string[] texts)
    {
        var talk = new Talk(host, "talk");
        IReadOnlyList<string> answer = [];
        foreach (var text in texts)
        {
            answer = await talk.SayAsync(text, $"answered-{text}");
        }

        return answer;
    }

    private static Task<OgpBotDb> DatabaseAsync(TestHost host) => host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(Cancel);
}
