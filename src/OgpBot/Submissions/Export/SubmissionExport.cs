using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Contacts;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Export;

/// <summary>Which submissions to export. Days are local, both included.</summary>
public sealed record ExportFilter(DateOnly? Since = null, DateOnly? Until = null, bool WithContact = false)
{
    /// <summary>Values that fields of the form must have, by slot: <c>axis</c> is <c>3</c>.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}

/// <summary>Reads submissions for staff, one after the other in the order received, however many there are.</summary>
public sealed class SubmissionExport(Lazy<DialogLibrary> library, IDbContextFactory<OgpBotDb> databases)
{
    // Staff rely on the order: a new column is only ever appended.
    private static readonly string[] First = ["folio", "received_at", "consultation", "channel", "language"];
    private static readonly ReviewState[] Dated =
        [ReviewState.InReview, ReviewState.NeedsChanges, ReviewState.Selected, ReviewState.NotSelected, ReviewState.DuplicateOf];

    private static readonly string[] Later =
    [
        "source", "criteria_marks", "criteria_reasons", "adds_to", "corrected_at", "withdrawn_at", AlsoSaid,
        .. Dated.Select(state => $"{ReviewStates.Code(state)}_at"),
    ];

    // A field of the form that became a column when others stood before it.
    private const string AlsoSaid = "also_said";

    private Form Form => library.Value.Form;

    /// <summary>The columns of an export. Those of a city's own fields stand last.</summary>
    public IReadOnlyList<string> ColumnsFor(ExportFilter filter) =>
    [
        .. First, .. InRecord().Select(field => field.Column), "review_state", .. OfContact(filter).Select(field => field.Column), .. Later,
        .. Own(filter).Select(field => field.Column),
    ];

    /// <summary>The rows, each with its cells in the order of the columns.</summary>
    public async IAsyncEnumerable<IReadOnlyList<string>> RowsAsync(
        ExportFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var rows =
            from submission in Select(database.Set<Submission>().AsNoTracking(), filter)
            join contact in database.Set<Contact>() on submission.Id equals contact.SubmissionId into contacts
            from contact in contacts.DefaultIfEmpty()
            orderby submission.Id
            select new
            {
                submission,
                contact = filter.WithContact ? contact : null,
                moves = database.Set<Decision>().Where(decision => decision.SubmissionId == submission.Id)
                    .Select(decision => new { decision.To, decision.At }).ToList(),
            };
        var (inRecord, ofContact, own) = (InRecord().ToList(), OfContact(filter).ToList(), Own(filter).ToList());
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var (submission, valueOf) = (row.submission, FieldValues.Of(row.submission, row.contact));
            string Cell(FormField field) => library.Value.Say(field, valueOf(field), LocalizedText.DefaultLanguage) ?? "";
            yield return
            [
                submission.Folio, Moment(submission.ReceivedAt), submission.Consultation, submission.Channel, submission.Language,
                .. inRecord.Select(Cell), ReviewStates.Code(submission.ReviewState), .. ofContact.Select(Cell),
                submission.Source ?? "", .. ReviewMarks.Cells(submission.Checks), submission.AddsTo ?? "",
                Moment(submission.CorrectedAt), Moment(submission.WithdrawnAt), submission.AlsoSaid ?? "",
                .. Dated.Select(state => Moment(row.moves.Where(move => move.To == state).Max(move => (DateTimeOffset?)move.At))),
                .. own.Select(Cell),
            ];
        }
    }

    private IEnumerable<FormField> InRecord() => Form.Fields.Where(field => FieldValues.PropertyOf(field) is not null && field.Slot != AlsoSaid);

    private IEnumerable<FormField> OfContact(ExportFilter filter) =>
        filter.WithContact ? Form.Fields.Where(field => field.Keeps == FieldKeep.Contact).Except(library.Value.OwnFields) : [];

    private IEnumerable<FormField> Own(ExportFilter filter) => library.Value.OwnFields.Where(field => filter.WithContact || field.Keeps != FieldKeep.Contact);

    private IQueryable<Submission> Select(IQueryable<Submission> submissions, ExportFilter filter)
    {
        var consultation = library.Value.Consultation;
        if (filter.Since is { } since)
        {
            var from = consultation.StartOfDay(since);
            submissions = submissions.Where(submission => submission.ReceivedAt >= from);
        }

        if (filter.Until is { } until && until < DateOnly.MaxValue)
        {
            var end = consultation.StartOfDay(until.AddDays(1));
            submissions = submissions.Where(submission => submission.ReceivedAt < end);
        }

        return filter.Fields.Aggregate(submissions, (rows, wanted) => FieldFilter.Where(rows, Form.Of(wanted.Key)!, wanted.Value));
    }

    private string Moment(DateTimeOffset? moment) => moment is { } at ? LocalDates.Stamp(at, library.Value.Consultation) : "";
}
