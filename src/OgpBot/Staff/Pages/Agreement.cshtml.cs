using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OgpBot.Dialogs;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Deciding;
using OgpBot.Staff.Judging;

namespace OgpBot.Staff.Pages;

/// <summary>Where readers differ, and how far they agree within a period or on the pilot.</summary>
public sealed class AgreementModel(JudgingDesk desk, TimeProvider clock, IServiceProvider services) : StaffPage
{
    private const int Undefined = -1;
    private const int DaysAtFirst = 30;
    private const int MostShown = 200;

    private DateOnly from;
    private DateOnly to;

    internal IReadOnlyList<Difference> Differences { get; private set; } = [];

    /// <summary>How many differences are not shown.</summary>
    internal int More { get; private set; }

    /// <summary>Each criterion, and last all together (null).</summary>
    internal IReadOnlyList<(Criterion? Criterion, Agreement Agreement)> Rows { get; private set; } = [];

    internal IReadOnlyDictionary<string, StaffMember> People { get; private set; } = new Dictionary<string, StaffMember>();

    public bool PilotOnly { get; private set; }

    public string FromDay => from.ToString("O", CultureInfo.InvariantCulture);

    public string ToDay => to.ToString("O", CultureInfo.InvariantCulture);

    /// <param name="from">The first local day, such as <c>2026-11-01</c>; null: thirty days ago.</param>
    /// <param name="to">The last local day; null: today.</param>
    /// <param name="pilot">Whether only the texts of the pilot count.</param>
    public Task<IActionResult> OnGetAsync(string? from, string? to, bool pilot, CancellationToken cancellationToken)
    {
        var today = LocalDates.DayOf(clock.GetUtcNow(), Library.Consultation);
        var (first, last) = (Day(from, today.AddDays(1 - DaysAtFirst)), Day(to, today));
        var isPeriod = first is not null && last is not null && first <= last;
        (this.from, this.to, PilotOnly) = isPeriod ? (first!.Value, last!.Value, pilot) : (today.AddDays(1 - DaysAtFirst), today, pilot);
        return ShowAsync(isPeriod ? null : "judging.refused_period", cancellationToken);
    }

    public async Task<IActionResult> OnPostPilotAsync([FromForm] string? count, CancellationToken cancellationToken)
    {
        if (!May(StaffRole.Coordinator))
        {
            return Forbid();
        }

        var wanted = int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Undefined;
        if (wanted is < 1 or > JudgingDesk.LargestPilot)
        {
            await OnGetAsync(null, null, false, cancellationToken);
            Problem = T("judging.count_hint", Number(JudgingDesk.LargestPilot));
            return Page();
        }

        Told = T("judging.marked", Number(await desk.MarkPilotAsync(StaffId, wanted, cancellationToken)));
        return LocalRedirect("/staff/agreement");
    }

    /// <summary>The name of a person of the staff.</summary>
    public string NameOf(string staffId) => NameIn(People, staffId);

    /// <summary>A whole number as it is shown.</summary>
    public string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with its interval; a dash where it is not defined.</summary>
    internal string Say(Estimate? estimate) => estimate is null ? "—"
        : estimate.Interval is { } interval ? T("judging.interval", Decimals(estimate.Value), Decimals(interval.Low), Decimals(interval.High))
        : Decimals(estimate.Value);

    private static string Decimals(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    // Null: it is written, and is no day. Years far off would leave the calendar.
    private static DateOnly? Day(string? written, DateOnly otherwise) => string.IsNullOrWhiteSpace(written) ? otherwise
        : LocalDates.Read(written) is { Year: > 1 and < 9999 } day ? day : null;

    private async Task<IActionResult> ShowAsync(string? problem, CancellationToken cancellationToken)
    {
        (Title, Problem) = (T("judging.agreement"), problem is null ? null : T(problem));
        var (files, coordinates) = (services.GetRequiredService<JudgementFiles>(), May(StaffRole.Coordinator));
        var (since, until) = (Library.Consultation.StartOfDay(from), Library.Consultation.StartOfDay(to.AddDays(1)));
        People = await services.GetRequiredService<SubmissionFiles>().PeopleAsync(cancellationToken);
        Rows = await files.AgreementAsync(StaffId, coordinates, since, until, PilotOnly, cancellationToken);
        var differences = await files.DifferencesAsync(StaffId, coordinates, cancellationToken);
        (Differences, More) = ([.. differences.Take(MostShown)], Math.Max(0, differences.Count - MostShown));
        return Page();
    }
}
