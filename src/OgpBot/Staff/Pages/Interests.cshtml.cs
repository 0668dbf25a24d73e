using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OgpBot.Dialogs;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Deciding;
using OgpBot.Staff.Judging;
using OgpBot.Submissions.Filing;

namespace OgpBot.Staff.Pages;

/// <summary>A person's conflicts of interest: what she declares that she leaves to others. She sees only her own.</summary>
[Authorize(Policy = StaffPolicies.Reviewer)]
public sealed class InterestsModel(JudgingDesk desk) : StaffPage
{
    internal IReadOnlyList<Recusal> Declared { get; private set; } = [];

    internal IReadOnlyList<string> Bodies => desk.Bodies;

    /// <summary>What the person chose and typed, given back where it could not be kept.</summary>
    internal string? About { get; private set; }

    internal string? Typed { get; private set; }

    internal string? Why { get; private set; }

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => ShowAsync(null, cancellationToken);

    public async Task<IActionResult> OnPostDeclareAsync(
        [FromForm] string? about, [FromForm] string? folio, [FromForm] string? why, CancellationToken cancellationToken)
    {
        (About, Typed, Why) = (about, folio, why);
        var (kind, value) = about switch
        {
            not null when about.StartsWith("axis:", StringComparison.Ordinal) => (RecusalKind.Axis, about["axis:".Length..]),
            not null when about.StartsWith("body:", StringComparison.Ordinal) => (RecusalKind.Body, about["body:".Length..]),
            _ => (RecusalKind.Folio, Folio.Read(folio ?? "", Library.Consultation.FolioPrefix) ?? ""),
        };
        return await DoneAsync(await desk.DeclareAsync(StaffId, kind, value, why, cancellationToken), "judging.interest_declared", cancellationToken);
    }

    public async Task<IActionResult> OnPostWithdrawAsync([FromForm] string? id, CancellationToken cancellationToken) =>
        await DoneAsync(await desk.WithdrawAsync(StaffId, id ?? "", cancellationToken), "judging.interest_withdrawn", cancellationToken);

    /// <summary>The local day of a moment.</summary>
    public string Day(DateTimeOffset at) => LocalDates.Stamp(at, Library.Consultation)[..10];

    internal static string KeyOf(RecusalKind kind) => kind switch
    {
        RecusalKind.Axis => "judging.kind_axis",
        RecusalKind.Body => "judging.kind_body",
        _ => "judging.kind_folio",
    };

    internal string Say(Recusal recusal) => recusal.Kind == RecusalKind.Axis
        ? Library.Consultation.Axes.FirstOrDefault(axis => axis.Id == recusal.Value)?.Title.In(Language) ?? recusal.Value
        : recusal.Value;

    private async Task<IActionResult> DoneAsync(ActRefusal refusal, string told, CancellationToken cancellationToken)
    {
        if (refusal != ActRefusal.None)
        {
            return await ShowAsync(refusal == ActRefusal.NoReason ? "judging.refused_noreason_interest" : "judging.refused_unknown", cancellationToken);
        }

        Told = T(told);
        return LocalRedirect("/staff/interests");
    }

    private async Task<IActionResult> ShowAsync(string? problem, CancellationToken cancellationToken)
    {
        (Title, Problem) = (T("judging.interests"), problem is null ? null : T(problem));
        Declared = await desk.ExcludedAsync(StaffId, cancellationToken);
        return Page();
    }
}
