using System.Globalization;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Plan;

/// <summary>Dates and states of the plan in words of one language; chat, page and feed say them alike.</summary>
internal sealed class PlanWords(Texts texts)
{
    /// <summary>Texts that must be there.</summary>
    internal static readonly string[] Keys =
    [
        "date.month_year", "date.day_month", "host.plan.range", "host.plan.estimated", "host.plan.planned", "host.plan.document",
        .. Enum.GetValues<PlanState>().SelectMany(state => new[] { $"host.plan.state_{NameOf(state)}", $"host.plan.pause_{NameOf(state)}" }),
    ];

    internal string Language => texts.Language;

    /// <summary><c>5 de julio – 5 de septiembre de 2022</c>.</summary>
    internal string Of(PlanDate date)
    {
        if (date.From == date.To)
        {
            return Of(date.From);
        }

        var sameYear = date.From.Year == date.To.Year && date.From.Day is not null && date.To.Day is not null;
        return Render("host.plan.range", name => name == "from" ? sameYear ? Of("date.day_month", date.From) : Of(date.From) : Of(date.To));
    }

    /// <summary><c>5 de julio de 2022</c>, <c>julio de 2022</c> or <c>2022</c>, as exactly as it is known.</summary>
    internal string Of(PlanDay day) => day switch
    {
        { Day: not null } => LocalDates.InWords(day.First, texts),
        { Month: not null } => Of("date.month_year", day),
        _ => day.Year.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The sign of a state, which never stands without its word.</summary>
    internal static string SignOf(PlanState state) => state switch
    {
        PlanState.Done => "✓",
        PlanState.Partial => "◐",
        PlanState.Overdue => "!",
        _ => "?",
    };

    /// <summary>The word of a state; a pause is over where a stage is done.</summary>
    internal string WordOf(PlanStage stage) => texts.Plain($"host.plan.{(stage.IsPause ? "pause" : "state")}_{NameOf(stage.State)}");

    internal string WordOf(PlanState state) => texts.Plain($"host.plan.state_{NameOf(state)}");

    internal string Planned(PlanDate date) => Render("host.plan.planned", _ => Of(date));

    internal string Estimated => texts.Plain("host.plan.estimated");

    /// <summary>A document by the first part of its title, since titles of reports fill three lines, and its date.</summary>
    internal string Of(ArchiveSource source) => Render("host.plan.document", name => name == "title" ? source.Title.Split(',')[0] : DateOf(source));

    /// <summary>The date as the source has it, in words where it is one.</summary>
    internal string DateOf(ArchiveSource source) => PlanDay.Parse(source.Date) is { } day ? Of(day) : source.Date;

    private string Of(string key, PlanDay day)
    {
        var months = texts.Plain("date.months").Split(',', StringSplitOptions.TrimEntries);
        return Render(key, name => name switch
        {
            "day" => day.First.Day.ToString(CultureInfo.InvariantCulture),
            "month" => months.ElementAtOrDefault(day.First.Month - 1),
            _ => day.Year.ToString(CultureInfo.InvariantCulture),
        });
    }

    private string Render(string key, Func<string, string?> valueOf) => texts[key]!.Render(valueOf);

    private static string NameOf(PlanState state) => state.ToString().ToLowerInvariant();
}
