using Microsoft.AspNetCore.Mvc;
using OgpBot.Dialogs;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Deciding;
using OgpBot.Staff.Notices;
using OgpBot.Staff.Queue;
using OgpBot.Submissions;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Pages;

/// <summary>One submission: what the citizen wrote, what checks and people say of it, and the decision.</summary>
public sealed partial class SubmissionModel(ReviewDesk desk, Lazy<ReviewRules> rules, IServiceProvider services) : StaffPage
{
    private static readonly string[] Corrected = ["axis", "scope", "borough"];

    /// <summary>The folio in the address.</summary>
    [BindProperty(SupportsGet = true)]
    public string Folio { get; set; } = "";

    internal SubmissionFile Shown { get; private set; } = null!;

    internal IReadOnlyDictionary<string, StaffMember> People { get; private set; } = new Dictionary<string, StaffMember>();

    internal Contact? Contact { get; private set; }

    internal ReviewRules Rules => rules.Value;

    /// <summary>What the citizen was told, and how far it came.</summary>
    internal IReadOnlyList<NoticeStanding> Notices { get; private set; } = [];

    /// <summary>The filter of the queue that the person came with.</summary>
    public string Query { get; private set; } = "";

    /// <summary>The folios before and after this one in the filter.</summary>
    public (string? Previous, string? Next) Neighbours { get; private set; }

    /// <summary>What the person typed, given back where it could not be done.</summary>
    internal MoveForm Form { get; private set; } = new();

    internal IReadOnlyList<ReviewMark> Marks { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? to, string? reason, CancellationToken cancellationToken)
    {
        Form = new MoveForm { To = to, Reason = reason };
        return await ShowAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostDecideAsync([FromForm] MoveForm form, CancellationToken cancellationToken)
    {
        Form = form;
        if (!May(StaffRole.Reviewer))
        {
            return Forbid();
        }

        if (ReviewStates.Of(form.To) is not { } to || form.Words is { Length: > Move.LongestWords })
        {
            return await RefuseAsync(ActRefusal.NotAllowed, cancellationToken);
        }

        var move = new Move(to, Blank(form.Reason), Blank(form.Words), form.Publish)
        {
            DuplicateOf = form.Original is null ? null : Submissions.Filing.Folio.Read(form.Original, Library.Consultation.FolioPrefix),
            WithProposal = form.WithProposal,
            Seen = Enum.TryParse<ReviewState>(form.Seen, out var seen) ? seen : null,
        };
        return await DoneAsync(await desk.MoveAsync(StaffId, [Folio], move, cancellationToken), "submission.decided", form.Next, cancellationToken);
    }

    public async Task<IActionResult> OnPostNoteAsync(string? text, CancellationToken cancellationToken) => !May(StaffRole.Reviewer) ? Forbid()
        : IsText(text) ? await DoneAsync(await desk.NoteAsync(StaffId, Folio, text!.Trim(), cancellationToken), "submission.noted", null, cancellationToken)
        : await ProblemAsync("submission.empty_text", cancellationToken);

    public async Task<IActionResult> OnPostMessageAsync(string? text, CancellationToken cancellationToken) => !May(StaffRole.Reviewer) ? Forbid()
        : IsText(text) ? await DoneAsync(await desk.MessageAsync(StaffId, Folio, text!.Trim(), cancellationToken), "submission.sent", null, cancellationToken)
        : await ProblemAsync("submission.empty_text", cancellationToken);

    public async Task<IActionResult> OnPostAssignAsync(string? to, CancellationToken cancellationToken)
    {
        var person = to is null or "" ? null : to == "me" ? StaffId : to;
        if (!May(StaffRole.Reviewer) || (person != StaffId && person is not null && !May(StaffRole.Coordinator)))
        {
            return Forbid();
        }

        return person is not null && !await Files.IsAtDeskAsync(person, cancellationToken)
            ? await RefuseAsync(ActRefusal.NotAllowed, cancellationToken)
            : await DoneAsync(await desk.AssignAsync(StaffId, [Folio], person, cancellationToken), "submission.assigned", null, cancellationToken);
    }

    public async Task<IActionResult> OnPostCorrectAsync(string? slot, string? before, string? value, CancellationToken cancellationToken)
    {
        if (!May(StaffRole.Reviewer))
        {
            return Forbid();
        }

        return Corrected.Contains(slot) && Library.Form.Of(slot!) is { } field
            ? await DoneAsync(await desk.CorrectAsync(StaffId, Folio, field, Blank(before), Blank(value), cancellationToken), "submission.corrected", null, cancellationToken)
            : await RefuseAsync(ActRefusal.NotAllowed, cancellationToken);
    }

    public async Task<IActionResult> OnPostContactAsync(CancellationToken cancellationToken)
    {
        if (!May(StaffRole.Reviewer))
        {
            return Forbid();
        }

        Contact = await desk.SeeContactAsync(StaffId, Folio, cancellationToken);
        return await ShowAsync(cancellationToken);
    }

    /// <summary>The name of a person of the staff; the citizen or the program where it was none.</summary>
    public string NameOf(string? staffId) => staffId is null ? T("submission.citizen") : NameIn(People, staffId);

    /// <summary>A moment in the consultation's time zone.</summary>
    public string Moment(DateTimeOffset at) => LocalDates.Stamp(at, Library.Consultation)[..16].Replace('T', ' ');

    /// <summary>The address of a page's handler, or of the page, with the filters of the list it was reached from.</summary>
    internal string Address(string? handler, string? folio = null)
    {
        var kept = Request.Query.Where(pair => pair.Key is not ("handler" or "to" or "reason")).SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        return $"/staff/s/{folio ?? Folio}{QueryString.Create(handler is null ? kept : kept.Append(KeyValuePair.Create("handler", (string?)handler)))}";
    }

    internal string? Say(string slot) => Library.Form.Of(slot) is { } field ? Library.Say(field, FieldValues.Of(Shown.Submission, null)(field), Language) : null;

    internal IEnumerable<FormField> Fields => Corrected.Select(Library.Form.Of).OfType<FormField>();

    private SubmissionFiles Files => services.GetRequiredService<SubmissionFiles>();

    private async Task<IActionResult> ShowAsync(CancellationToken cancellationToken)
    {
        if (await Files.FindAsync(Folio, cancellationToken) is not { } file)
        {
            return NotFound();
        }

        var queue = services.GetRequiredService<QueueReader>();
        var filter = await queue.FilterAsync(Request.Query, StaffId, cancellationToken);
        (Query, Neighbours) = (filter.ToQuery(), await queue.NeighboursAsync(filter, Folio, cancellationToken));
        Notices = await services.GetRequiredService<NoticeReader>().OfAsync(file.Submission.Id, cancellationToken);
        Marks = ReviewMarks.Of(file.Submission.Checks);
        (Shown, People, Title) = (file, await Files.PeopleAsync(cancellationToken), Folio);
        await ShowJudgingAsync(file.Submission, cancellationToken);
        if (HttpMethods.IsGet(Request.Method))
        {
            Form = Form with { Words = rules.Value.ReasonOf(Form.Reason)?.Template.In(file.Submission.Language) };
        }

        return Page();
    }

    private async Task<IActionResult> DoneAsync(ActOutcome outcome, string told, string? next, CancellationToken cancellationToken)
    {
        if (!outcome.IsDone)
        {
            return await RefuseAsync(outcome.Refusal, cancellationToken);
        }

        Told = T(told, Folio);
        return LocalRedirect(Address(null, next));
    }

    private async Task<IActionResult> RefuseAsync(ActRefusal refusal, CancellationToken cancellationToken) =>
        refusal == ActRefusal.Unknown ? NotFound() : await ProblemAsync($"submission.refused_{refusal.ToString().ToLowerInvariant()}", cancellationToken);

    private async Task<IActionResult> ProblemAsync(string key, CancellationToken cancellationToken)
    {
        Problem = T(key);
        return await ShowAsync(cancellationToken);
    }

    private static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= Move.LongestWords;

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>The fields of the decision's form.</summary>
public sealed record MoveForm
{
    public string? To { get; init; }

    public string? Reason { get; init; }

    public string? Words { get; init; }

    public string? Original { get; init; }

    public bool WithProposal { get; init; }

    public bool Publish { get; init; }

    /// <summary>The state that the person saw.</summary>
    public string? Seen { get; init; }

    /// <summary>The folio to go on with after the decision.</summary>
    public string? Next { get; init; }
}
