using Microsoft.EntityFrameworkCore;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Submissions.Export;

/// <summary>Which submissions to export; days are local, both included.</summary>
public sealed record ExportFilter(DateOnly? Since = null, DateOnly? Until = null, string? Axis = null, string? Borough = null, bool WithContact = false);

/// <summary>Reads submissions for staff, one after the other in the order received, however many there are.</summary>
public sealed class SubmissionExport(Lazy<DialogLibrary> library, IDbContextFactory<OgpBotDb> databases)
{
    /// <summary>The columns, in the order that staff rely on; new ones are only ever appended.</summary>
    public static readonly IReadOnlyList<string> Columns =
        ["folio", "received_at", "consultation", "channel", "language", "axis", "scope", "borough", "place", "problem", "proposal", "review_state"];

    /// <summary>Columns that came later than the contact's: they stand behind them.</summary>
    public static readonly IReadOnlyList<string> LaterColumns = ["source", "criteria_marks", "criteria_reasons", "adds_to", "corrected_at", "withdrawn_at", "also_said"];

    public static readonly IReadOnlyList<string> ContactColumns = ["contact_name", "contact_email", "contact_phone"];

    /// <summary>The columns of an export; those of a city's own fields stand last.</summary>
    public IReadOnlyList<string> ColumnsFor(ExportFilter filter) =>
        [.. Columns, .. filter.WithContact ? ContactColumns : [], .. LaterColumns, .. Own(filter).Select(field => field.Column)];

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
            select new { submission, contact = filter.WithContact ? contact : null };
        var own = Own(filter).ToList();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            IReadOnlyList<string> contact = filter.WithContact ? [row.contact?.Name ?? "", row.contact?.Email ?? "", row.contact?.Phone ?? ""] : [];
            var valueOf = OwnFields.Reader(row.submission.OwnFields, row.contact?.OwnFields);
            yield return
            [
                .. Cells(row.submission), .. contact, row.submission.Source ?? "", .. ReviewMarks.Cells(row.submission.Checks), row.submission.AddsTo ?? "",
                Moment(row.submission.CorrectedAt), Moment(row.submission.WithdrawnAt), row.submission.AlsoSaid ?? "",
                .. own.Select(field => OwnFields.Say(library.Value, field, valueOf(field))),
            ];
        }
    }

    private IEnumerable<FormField> Own(ExportFilter filter) => OwnFields.InRecord(library.Value).Concat(filter.WithContact ? OwnFields.OfContact(library.Value) : []);

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

        if (filter.Axis is { } axis)
        {
            submissions = submissions.Where(submission => submission.Axis == axis);
        }

        if (filter.Borough is { } borough)
        {
            submissions = submissions.Where(submission => submission.Borough == borough);
        }

        return submissions;
    }

    private string[] Cells(Submission submission)
    {
        var consultation = library.Value.Consultation;
        return
        [
            submission.Folio,
            Moment(submission.ReceivedAt),
            submission.Consultation,
            submission.Channel,
            submission.Language,
            Title(consultation.Axes.FirstOrDefault(axis => axis.Id == submission.Axis)?.Title),
            Title(consultation.Scopes.FirstOrDefault(scope => scope.Value == submission.Scope)?.Title),
            Title(consultation.Boroughs.FirstOrDefault(borough => borough.Value == submission.Borough)?.Title),
            submission.Place ?? "",
            submission.Problem,
            submission.Proposal ?? "",
            ReviewStates.Code(submission.ReviewState),
        ];
    }

    private string Moment(DateTimeOffset? moment) => moment is { } at ? LocalDates.Stamp(at, library.Value.Consultation) : "";

    private static string Title(LocalizedText? title) => title?.In(LocalizedText.DefaultLanguage) ?? "";
}
