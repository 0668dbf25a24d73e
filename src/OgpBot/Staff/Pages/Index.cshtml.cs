using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OgpBot.Dialogs;
using OgpBot.Staff.Queue;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Pages;

/// <summary>The queue: what is to be reviewed.</summary>
public sealed class IndexModel : StaffPage
{
    internal const int LateAfterDays = 14;
    private const int ProblemLength = 160;

    private QueueChoices choices = null!;

    internal QueueFilter Filter { get; private set; } = null!;

    internal QueuePage Queue { get; private set; } = null!;

    internal IReadOnlyList<SavedFilter> Saved { get; private set; } = [];

    private T Service<T>()
        where T : notnull => HttpContext.RequestServices.GetRequiredService<T>();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (Folio.Read(Request.Query[QueueFilter.Words].ToString(), Library.Consultation.FolioPrefix) is { } folio)
        {
            return Redirect($"/staff/s/{folio}");
        }

        await ReadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostSaveAsync(string? name, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        var plain = name?.Trim() ?? "";
        if (plain.Length is 0 or > SavedFilters.LongestName)
        {
            Problem = T("queue.name_wrong");
            return Page();
        }

        if (!await Service<SavedFilters>().SaveAsync(StaffId, plain, Filter.With(QueueFilter.After, null).ToQuery(), cancellationToken))
        {
            Problem = T("queue.too_many_saved", SavedFilters.Most.ToString(CultureInfo.InvariantCulture));
            return Page();
        }

        Told = T("queue.was_saved", plain);
        return Redirect($"/staff{Filter.ToQuery()}");
    }

    public async Task<IActionResult> OnPostDeleteAsync(string? name, CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await Service<SavedFilters>().DeleteAsync(StaffId, name ?? "", cancellationToken);
        Told = T("queue.was_deleted", name ?? "");
        return Redirect($"/staff{Filter.ToQuery()}");
    }

    /// <summary>The values of a facet that have rows, and the one that is set, in their order.</summary>
    internal IEnumerable<(string Value, long Count)> ValuesOf(QueueFacet facet) => choices.Of(facet.Field)
        .Select(value => (Value: value, facet.Values.FirstOrDefault(found => found.Value == value).Count)).Where(value => value.Count > 0 || value.Value == Filter[facet.Field]);

    /// <summary>What staff read for a value of a field.</summary>
    internal string NameOf(string field, string value) => (field, value) switch
    {
        (QueueFilter.Borough, QueueFilter.None) => T("queue.city"),
        (QueueFilter.Axis or QueueFilter.Doubt, QueueFilter.None or QueueFilter.Yes or QueueFilter.No) => T($"queue.{value}"),
        (QueueFilter.Assigned, QueueFilter.Me or QueueFilter.Nobody or QueueFilter.Anyone) => T($"queue.{value}"),
        (QueueFilter.Assigned, _) => choices.Staff.GetValueOrDefault(value, value),
        (QueueFilter.Axis, _) => Library.Consultation.Axes.FirstOrDefault(axis => axis.Id == value)?.Title.In(Language) ?? value,
        (QueueFilter.Borough, _) => Library.Consultation.Boroughs.FirstOrDefault(borough => borough.Value == value)?.Title.In(Language) ?? value,
        (QueueFilter.Scope, _) => Library.Consultation.Scopes.FirstOrDefault(scope => scope.Value == value)?.Title.In(Language) ?? value,
        (QueueFilter.State, _) => Library.Texts.GetValueOrDefault(Language, Library.Texts[LocalizedText.DefaultLanguage]).Plain($"host.state_{value}"),
        (QueueFilter.Channel, _) when choices.Of(field).Contains(value) => T($"queue.channel.{value}"),
        _ => value,
    };

    internal static string ProblemOf(QueueRow row) => Excerpt.Of(row.Problem, ProblemLength, "…");

    internal string PlaceOf(QueueRow row) => string.Join(", ", new[] { row.Place, row.Borough is null ? NameOf(QueueFilter.Scope, row.Scope) : NameOf(QueueFilter.Borough, row.Borough) }.OfType<string>());

    internal int DaysOf(QueueRow row) => (int)(Service<TimeProvider>().GetUtcNow() - row.ReceivedAt).TotalDays;

    internal string JudgedOf(QueueRow row) => T("queue.judged", Number(row.Judged), Number(Service<Lazy<ReviewRules>>().Value.Readers));

    internal static string StateOf(QueueRow row) => ReviewStates.Code(row.State);

    internal static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        Title = T("queue.title");
        var reader = Service<QueueReader>();
        var unknown = new List<(string Field, string Value)>();
        choices = await reader.ChoicesAsync(cancellationToken);
        Filter = QueueFilter.Read(Request.Query, StaffId, choices, unknown);
        Queue = await reader.ReadAsync(Filter, cancellationToken);
        Saved = await Service<SavedFilters>().OfAsync(StaffId, cancellationToken);
        Problem = unknown.Count == 0 ? null : string.Join(' ', unknown.Select(one => T("queue.unknown", T($"queue.field.{one.Field}"), Excerpt.Of(one.Value, QueueFilter.LongestWords))));
    }
}
