using OgpBot.Dialogs;
using OgpBot.Staff.Judging;
using OgpBot.Submissions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>Who sees what others judged.</summary>
public sealed class JudgingViewTests
{
    private static readonly IReadOnlyList<Criterion> Criteria =
        [.. DialogFolder.Load(Repository.Dialogs).Consultation.Criteria.Where(criterion => criterion.Id is "offence" or "axis")];

    [Theory]
    [InlineData(false, "", true)]
    [InlineData(true, "", false)]
    [InlineData(true, "offence", false)]
    [InlineData(true, "offence axis", true)]
    public void A_blind_reader_sees_others_once_she_has_judged_all(bool blind, string judged, bool sees)
    {
        var own = judged.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(criterion => Said("ana", criterion));
        Judgement[] said = [.. own, Said("berta", "offence"), Said("berta", "axis")];

        var view = JudgingView.Of(Row(), Criteria, said, "ana", isRecused: false, blind);

        view.Others.Count.ShouldBe(sees ? 2 : 0);
        view.HidesOthers.ShouldBe(!sees);
        view.Own.Count.ShouldBe(said.Length - 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Who_leaves_it_to_others_sees_nothing_and_may_not_judge(bool blind)
    {
        var view = JudgingView.Of(Row(), Criteria, [Said("ana", "offence"), Said("ana", "axis"), Said("berta", "offence")], "ana", isRecused: true, blind);

        view.Others.ShouldBeEmpty();
        view.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void What_was_said_of_a_criterion_that_is_no_more_is_not_shown() =>
        JudgingView.Of(Row(), Criteria, [Said("berta", "former")], "ana", isRecused: false, blind: false).Others.ShouldBeEmpty();

    [Theory]
    [InlineData(ReviewState.Received, true)]
    [InlineData(ReviewState.Withdrawn, false)]
    public void A_withdrawn_submission_is_not_judged(ReviewState state, bool isOpen) =>
        JudgingView.Of(Row(state), Criteria, [], "ana", isRecused: false, blind: false).IsOpen.ShouldBe(isOpen);

    private static Judgement Said(string reader, string criterion) =>
        new() { SubmissionId = "s1", StaffId = reader, Criterion = criterion, Verdict = Verdict.Met, Why = "", At = TestClock.Start };

    private static Submission Row(ReviewState state = ReviewState.Received) => new()
    {
        Id = "s1",
        Folio = "F1",
        CitizenId = "c1",
        Consultation = "x",
        Channel = "web",
        Language = "es",
        Scope = "city",
        Problem = "Un problema",
        ReviewState = state,
    };
}
