using System.Globalization;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Plan;

/// <summary>When something was due or took place: from one date to another. A single date has both ends the same.</summary>
public sealed record PlanDate(PlanDay From, PlanDay To)
{
    /// <summary>Reads <c>2022</c>, <c>2022-07</c>, <c>2022-07-05</c> or <c>{from: …, to: …}</c>; null where nothing stands.</summary>
    internal static PlanDate? Read(DataNode node)
    {
        if (!node.IsMap)
        {
            return PlanDay.Read(node) is { } day ? new PlanDate(day, day) : null;
        }

        node.Only("from", "to");
        node.Required("from");
        node.Required("to");
        if (PlanDay.Read(node["from"]) is not { } from || PlanDay.Read(node["to"]) is not { } to)
        {
            return null;
        }

        if (to.Last < from.First)
        {
            node.Report("`to` lies before `from`");
        }

        return new PlanDate(from, to);
    }
}

/// <summary>A date as exactly as the documents give it: a year, a month or a day.</summary>
public sealed record PlanDay(int Year, int? Month, int? Day)
{
    private static readonly string[] Forms = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    /// <summary>The first day that it may mean.</summary>
    public DateOnly First => new(Year, Month ?? 1, Day ?? 1);

    /// <summary>The last day that it may mean.</summary>
    public DateOnly Last => Day is not null ? First : (Month is not null ? First.AddMonths(1) : First.AddYears(1)).AddDays(-1);

    internal static PlanDay? Read(DataNode node)
    {
        if (node.Exists && Parse(node.Text ?? "") is null)
        {
            node.Report($"`{node.Text}` is not a date of the form 2022, 2022-07 or 2022-07-05");
        }

        return Parse(node.Text ?? "");
    }

    internal static PlanDay? Parse(string text)
    {
        // The last year is left out: the day after its end could not be told.
        var form = Array.FindIndex(Forms, form => form.Length == text.Length);
        return form >= 0 && DateOnly.TryParseExact(text, Forms[form], CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) && first.Year < DateOnly.MaxValue.Year
            ? new PlanDay(first.Year, form > 0 ? first.Month : null, form > 1 ? first.Day : null)
            : null;
    }
}
