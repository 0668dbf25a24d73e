using OgpBot.Dialogs;
using OgpBot.Submissions;

namespace OgpBot.Staff.Judging;

/// <summary>What a person sees of the judging of one submission. Here alone it is decided whether she sees what others judged.</summary>
internal sealed record JudgingView(Submission Submission, IReadOnlyList<Criterion> Criteria)
{
    /// <summary>Her own words, by criterion.</summary>
    internal IReadOnlyDictionary<string, Judgement> Own { get; private init; } = new Dictionary<string, Judgement>();

    /// <summary>What others said; empty where she may not see it yet.</summary>
    internal IReadOnlyList<Judgement> Others { get; private init; } = [];

    /// <summary>Whether others judged and she may not see it yet.</summary>
    internal bool HidesOthers { get; private init; }

    /// <summary>Whether she must leave it to others: neither judging nor deciding is offered to her.</summary>
    internal bool IsRecused { get; private init; }

    /// <summary>Whether it can be judged by her.</summary>
    internal bool IsOpen => !IsRecused && Criteria is not [] && Submission.ReviewState != ReviewState.Withdrawn;

    /// <summary>Makes it.</summary>
    /// <param name="said">All judgements of the submission.</param>
    /// <param name="blind">Whether readers judge without knowing what others said.</param>
    internal static JudgingView Of(
        Submission submission, IReadOnlyList<Criterion> criteria, IReadOnlyList<Judgement> said, string viewer, bool isRecused, bool blind)
    {
        var current = said.Where(judgement => criteria.Any(criterion => criterion.Id == judgement.Criterion)).ToList();
        var own = current.Where(judgement => judgement.StaffId == viewer).ToDictionary(judgement => judgement.Criterion);
        var others = current.Where(judgement => judgement.StaffId != viewer).ToList();
        var sees = !isRecused && MaySee(blind, HasJudged(own.Keys, criteria), coordinates: false);
        return new JudgingView(submission, criteria)
        {
            Own = own,
            Others = sees ? others : [],
            HidesOthers = !sees && others.Count > 0,
            IsRecused = isRecused,
        };
    }

    /// <summary>
    /// Whether a person sees what others judged of a text: once she has judged it; before, only where reading is not blind. Who coordinates also sees it among
    /// the differences, where she must send a third reader; on the page where she would judge herself she waits like all.
    /// </summary>
    internal static bool MaySee(bool blind, bool hasJudged, bool coordinates) => !blind || hasJudged || coordinates;

    /// <summary>Whether somebody who said something of these criteria has judged all.</summary>
    internal static bool HasJudged(IEnumerable<string> said, IReadOnlyList<Criterion> criteria) =>
        !criteria.Select(criterion => criterion.Id).Except(said).Any();
}
