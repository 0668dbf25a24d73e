using Microsoft.AspNetCore.Mvc;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Deciding;
using OgpBot.Staff.Queue;
using OgpBot.Submissions;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Pages;

/// <summary>One act on many submissions of the queue: all of them, or none.</summary>
public sealed class ManyModel(ReviewDesk desk, Lazy<ReviewRules> rules, IServiceProvider services) : StaffPage
{
    internal IReadOnlyList<string> Folios { get; private set; } = [];

    /// <summary>What came of a refused act, row by row.</summary>
    internal IReadOnlyList<ActResult> Results { get; private set; } = [];

    internal IReadOnlyDictionary<string, StaffMember> People { get; private set; } = new Dictionary<string, StaffMember>();

    internal MoveForm Form { get; private set; } = new();

    internal ReviewRules Rules => rules.Value;

    /// <summary>States that any of them might be moved to.</summary>
    internal IEnumerable<ReviewState> Targets => Rules.States.SelectMany(Rules.MovesFrom).Distinct().Where(state => state != ReviewState.DuplicateOf);

    public async Task<IActionResult> OnPostAsync([FromForm] string[]? folio, [FromForm] bool all, CancellationToken cancellationToken)
    {
        if (!May(StaffRole.Coordinator))
        {
            return Forbid();
        }

        var queue = services.GetRequiredService<QueueReader>();
        var filter = await queue.FilterAsync(Request.Query, StaffId, cancellationToken);
        return await ShowAsync(all ? await queue.FoliosAsync(filter, ReviewDesk.MostAtOnce + 1, cancellationToken) : folio ?? [], cancellationToken);
    }

    public async Task<IActionResult> OnPostDecideAsync([FromForm] string[]? folio, [FromForm] MoveForm form, CancellationToken cancellationToken)
    {
        Form = form;
        if (!May(StaffRole.Coordinator))
        {
            return Forbid();
        }

        if (ReviewStates.Of(form.To) is not { } to || form.Words is { Length: > Move.LongestWords })
        {
            Problem = T("submission.refused_notallowed");
            return await ShowAsync(folio ?? [], cancellationToken);
        }

        var move = new Move(to, form.Reason is "" ? null : form.Reason, form.Words, form.Publish) { WithProposal = form.WithProposal };
        return await DoneAsync(folio ?? [], chosen => desk.MoveAsync(StaffId, chosen, move, cancellationToken), cancellationToken);
    }

    public async Task<IActionResult> OnPostAssignAsync([FromForm] string[]? folio, [FromForm] string? to, CancellationToken cancellationToken)
    {
        if (!May(StaffRole.Coordinator))
        {
            return Forbid();
        }

        var person = string.IsNullOrEmpty(to) ? null : to;
        if (person is not null && !await services.GetRequiredService<SubmissionFiles>().IsAtDeskAsync(person, cancellationToken))
        {
            Problem = T("submission.refused_notallowed");
            return await ShowAsync(folio ?? [], cancellationToken);
        }

        return await DoneAsync(folio ?? [], chosen => desk.AssignAsync(StaffId, chosen, person, cancellationToken), cancellationToken);
    }

    private async Task<IActionResult> DoneAsync(IReadOnlyList<string> folios, Func<IReadOnlyList<string>, Task<ActOutcome>> act, CancellationToken cancellationToken)
    {
        var outcome = await act([.. folios.Distinct()]);
        if (outcome.IsDone)
        {
            Told = T("many.done", $"{outcome.Results.Count}");
            return LocalRedirect($"/staff{BackQuery}");
        }

        Problem = T("many.refused");
        Results = [.. outcome.Results.Where(result => result.Refusal != ActRefusal.None)];
        return await ShowAsync(folios, cancellationToken);
    }

    /// <summary>The filter that the person came with.</summary>
    public string BackQuery => QueryString.Create(Request.Query.Where(pair => pair.Key != "handler")).ToString();

    private async Task<IActionResult> ShowAsync(IReadOnlyList<string> folios, CancellationToken cancellationToken)
    {
        Folios = [.. folios.Distinct().Take(ReviewDesk.MostAtOnce)];
        People = await services.GetRequiredService<SubmissionFiles>().PeopleAsync(cancellationToken);
        Title = T("many.title", $"{Folios.Count}");
        Problem ??= folios.Count == 0 ? T("many.none") : folios.Count > ReviewDesk.MostAtOnce ? T("submission.refused_toomany") : null;
        return Page();
    }
}
