using Microsoft.AspNetCore.Mvc;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Deciding;

namespace OgpBot.Staff.Pages;

/// <summary>What was decided and not published yet, to be told to citizens together.</summary>
public sealed class DecidedModel(ReviewDesk desk, IServiceProvider services) : StaffPage
{
    private const int Most = 200;

    internal IReadOnlyList<Waiting> Waiting { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Waiting = await services.GetRequiredService<SubmissionFiles>().UnpublishedAsync(Most, cancellationToken);
        Title = T("decided.title");
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string[]? folio, [FromForm] bool all, CancellationToken cancellationToken)
    {
        if (!May(StaffRole.Coordinator))
        {
            return Forbid();
        }

        Told = T("decided.published", $"{await desk.PublishAsync(StaffId, all ? null : folio ?? [], cancellationToken)}");
        return LocalRedirect("/staff/decided");
    }
}
