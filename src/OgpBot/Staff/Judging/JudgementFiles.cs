using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Judging;

/// <summary>Reads what was judged, as far as the person who asks may see it.</summary>
internal sealed class JudgementFiles(IDbContextFactory<OgpBotDb> databases, JudgingDesk desk, Lazy<ReviewRules> rules, Lazy<DialogLibrary> library)
{
    // From these a third reader or a talk may still lead to a decision.
    private static readonly ReviewState[] Undecided = [ReviewState.Received, ReviewState.InReview, ReviewState.NeedsChanges];

    /// <summary>The judging of a submission, as a person sees it.</summary>
    internal async Task<JudgingView> ViewAsync(Submission submission, string viewer, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var said = await database.Set<Judgement>().AsNoTracking().Where(judgement => judgement.SubmissionId == submission.Id)
            .OrderBy(judgement => judgement.At).ThenBy(judgement => judgement.StaffId).ToListAsync(cancellationToken);
        var recusals = await desk.ExcludedAsync(viewer, cancellationToken);
        var isRecused = recusals.Any(recusal => recusal.Covers(submission, library.Value.Consultation));
        return JudgingView.Of(submission, desk.Criteria, said, viewer, isRecused, rules.Value.IsBlind);
    }

    /// <summary>
    /// How far readers agree in what they judged within a period: each criterion, and at last all together. It reckons with the texts of which the person may
    /// see what others judged, so that numbers of few texts tell her nothing either. Withdrawn texts are left out.
    /// </summary>
    /// <param name="since">The first moment of the period.</param>
    /// <param name="until">The first moment after the period.</param>
    internal async Task<IReadOnlyList<(Criterion? Criterion, Agreement Agreement)>> AgreementAsync(
        string viewer, bool coordinates, DateTimeOffset since, DateTimeOffset until, bool pilotOnly, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var said = await (
            from judgement in database.Set<Judgement>().AsNoTracking()
            join row in database.Set<Submission>().AsNoTracking() on judgement.SubmissionId equals row.Id
            where row.ReviewState != ReviewState.Withdrawn && (!pilotOnly || row.IsPilot) && judgement.At >= since && judgement.At < until
            select new Reading(judgement.SubmissionId, judgement.StaffId, judgement.Criterion, judgement.Verdict)).ToListAsync(cancellationToken);
        var seen = await SeenAsync(database, viewer, coordinates, cancellationToken);
        var visible = said.Where(reading => seen(reading.Text)).ToList();
        var criteria = desk.Criteria;
        return
        [
            .. criteria.Select(criterion => ((Criterion?)criterion, Agreement.Of(visible.Where(reading => reading.Criterion == criterion.Id)))),
            (null, Agreement.Of(visible.Where(reading => criteria.Any(criterion => criterion.Id == reading.Criterion)))),
        ];
    }

    /// <summary>
    /// Where one reader says that a criterion is met and another that it is not, and nothing was decided yet: a third reader or a talk is needed. The oldest
    /// first.
    /// </summary>
    internal async Task<IReadOnlyList<Difference>> DifferencesAsync(string viewer, bool coordinates, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var all = database.Set<Judgement>().AsNoTracking();
        var disputed = await (
            from judgement in all
            join row in database.Set<Submission>().AsNoTracking() on judgement.SubmissionId equals row.Id
            where Undecided.Contains(row.ReviewState) && judgement.Verdict != Verdict.CannotSay
                && all.Any(other => other.SubmissionId == judgement.SubmissionId && other.Criterion == judgement.Criterion
                    && other.Verdict != judgement.Verdict && other.Verdict != Verdict.CannotSay)
            orderby row.Id, judgement.At, judgement.StaffId
            select new { Submission = row, Judgement = judgement }).ToListAsync(cancellationToken);
        var seen = await SeenAsync(database, viewer, coordinates, cancellationToken);
        var recusals = await desk.ExcludedAsync(viewer, cancellationToken);
        return
        [
            .. from found in disputed
               where seen(found.Submission.Id) && !recusals.Any(recusal => recusal.Covers(found.Submission, library.Value.Consultation))
               group found.Judgement by (found.Submission.Folio, found.Judgement.Criterion) into difference
               let criterion = desk.Criteria.FirstOrDefault(criterion => criterion.Id == difference.Key.Criterion)
               where criterion is not null
               select new Difference(difference.Key.Folio, criterion, [.. difference]),
        ];
    }

    // Tells of a submission's id whether the person may see what others judged of it.
    private async Task<Func<string, bool>> SeenAsync(DbContext database, string viewer, bool coordinates, CancellationToken cancellationToken)
    {
        var (criteria, blind) = (desk.Criteria, rules.Value.IsBlind);
        var said = await database.Set<Judgement>().AsNoTracking().Where(judgement => judgement.StaffId == viewer)
            .Select(judgement => new { judgement.SubmissionId, judgement.Criterion }).ToListAsync(cancellationToken);
        var own = said.ToLookup(one => one.SubmissionId, one => one.Criterion);
        return id => JudgingView.MaySee(blind, JudgingView.HasJudged(own[id], criteria), coordinates);
    }
}

/// <summary>A criterion of a submission on which readers differ.</summary>
/// <param name="Said">What each said who said that it is met or not, the oldest first.</param>
internal sealed record Difference(string Folio, Criterion Criterion, IReadOnlyList<Judgement> Said);
