using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Deciding;
using OgpBot.Staff.Judging;
using OgpBot.Submissions;

namespace OgpBot.Staff.Pages;

/// <summary>What the part of judging shows on a submission's page.</summary>
/// <param name="Readers">How many must judge.</param>
/// <param name="Typed">What the person typed, given back where it could not be kept.</param>
internal sealed record JudgingPart(SubmissionModel Page, JudgingView View, int Readers, IReadOnlyList<CriterionVerdict> Typed)
{
    /// <summary>The key of a verdict's name.</summary>
    internal static string KeyOf(Verdict verdict) => verdict switch
    {
        Verdict.Met => "judging.met",
        Verdict.NotMet => "judging.not_met",
        _ => "judging.cannot_say",
    };
}

/// <summary>Judging on a submission's page, and leaving it to others.</summary>
public sealed partial class SubmissionModel
{
    private IReadOnlyList<CriterionVerdict> typed = [];

    internal JudgingPart Judging { get; private set; } = null!;

    public async Task<IActionResult> OnPostJudgeAsync(CancellationToken cancellationToken)
    {
        if (!May(StaffRole.Reviewer))
        {
            return Forbid();
        }

        var judging = services.GetRequiredService<JudgingDesk>();
        typed = [.. judging.Criteria.Where(criterion => VerdictOf(criterion.Id) is not null)
            .Select(criterion => new CriterionVerdict(criterion.Id, VerdictOf(criterion.Id)!.Value, Blank(Request.Form[$"why-{criterion.Id}"])))];
        return await JudgedAsync(await judging.JudgeAsync(StaffId, Folio, typed, cancellationToken), "judging.kept", cancellationToken);
    }

    public async Task<IActionResult> OnPostLeaveAsync([FromForm] string? why, CancellationToken cancellationToken)
    {
        var judging = services.GetRequiredService<JudgingDesk>();
        return May(StaffRole.Reviewer)
            ? await JudgedAsync(await judging.DeclareAsync(StaffId, RecusalKind.Folio, Folio, why, cancellationToken), "judging.left", cancellationToken)
            : Forbid();
    }

    /// <summary>A whole number as it is shown.</summary>
    public string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private Verdict? VerdictOf(string criterion) =>
        Enum.TryParse<Verdict>(Request.Form[$"verdict-{criterion}"], out var verdict) && Enum.IsDefined(verdict) ? verdict : null;

    private async Task<IActionResult> JudgedAsync(ActRefusal refusal, string told, CancellationToken cancellationToken)
    {
        if (refusal != ActRefusal.None)
        {
            return refusal == ActRefusal.Unknown
                ? NotFound()
                : await ProblemAsync($"judging.refused_{refusal.ToString().ToLowerInvariant()}", cancellationToken);
        }

        Told = T(told, Folio);
        return LocalRedirect(Address(null));
    }

    private async Task ShowJudgingAsync(Submission row, CancellationToken cancellationToken) => Judging = new JudgingPart(
        this, await services.GetRequiredService<JudgementFiles>().ViewAsync(row, StaffId, cancellationToken), rules.Value.Readers, typed);
}
