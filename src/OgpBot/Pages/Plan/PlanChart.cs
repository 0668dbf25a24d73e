using System.Globalization;
using System.Net;
using System.Text;
using OgpBot.Archive.Plan;

namespace OgpBot.Pages.Plan;

/// <summary>
/// The stages on a line of years, as SVG. It measures in percent across and in pixels down, so that its letters are as large on a phone as on a desk. The list
/// beside it says all that it shows in words.
/// </summary>
internal sealed class PlanChart(PlanStatus plan, PlanWords words, Func<string, string> say)
{
    private const int Top = 26;
    private const int Row = 42;
    private const int BarTop = 21;
    private const int BarHeight = 11;
    private const int MostYearLabels = 6;

    // What fits beside the sign on a phone of 360 pixels; the list has the whole name.
    private const int LongestLabel = 38;

    private readonly DateOnly from = new(FirstYear(plan), 1, 1);
    private readonly DateOnly to = new(LastYear(plan), 12, 31);
    private readonly StringBuilder svg = new();

    internal string Draw()
    {
        var stages = plan.Stages.Where(stage => !stage.IsPause).ToList();
        var height = Top + (stages.Count * Row) + 4;
        svg.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" aria-labelledby=\"chart-title chart-text\" width=\"100%\" height=\"{height}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"chart-title\">{Html(say("chart"))}</title><desc id=\"chart-text\">{Html(say("chart_text"))}</desc>");
        DrawYears(height);
        foreach (var pause in plan.Stages.Where(stage => stage is { IsPause: true, Actual: not null }))
        {
            Bar("pause", pause.Actual!, Top, height - Top);
        }

        var end = X(plan.AsOf.Date.Last);
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"dark\" x=\"{end}%\" y=\"{Top}\" width=\"100%\" height=\"{height}\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"end\" x1=\"{end}%\" x2=\"{end}%\" y1=\"{Top}\" y2=\"{height}\"/>");
        foreach (var (at, stage) in stages.Index())
        {
            DrawStage(stage, Top + (at * Row), end);
        }

        return svg.Append("</svg>").ToString();
    }

    private void DrawYears(int height)
    {
        var step = ((to.Year - from.Year) / MostYearLabels) + 1;
        for (var year = from.Year; year <= to.Year; year += step)
        {
            var x = X(new DateOnly(year, 1, 1));
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"year\" x1=\"{x}%\" x2=\"{x}%\" y1=\"4\" y2=\"{height}\"/><text class=\"dim\" x=\"{x}%\" dx=\"4\" y=\"15\">{year}</text>");
        }
    }

    private void DrawStage(PlanStage stage, int top, string end)
    {
        var late = stage.State == PlanState.Overdue;
        Text(late ? "late" : "", top + 15, $"{PlanWords.SignOf(stage.State)} {Shortened(stage.Name.In(words.Language))}");
        if (stage.Planned is null && stage.Actual is null)
        {
            Text("dim", top + BarTop + 10, $"{words.WordOf(stage)} · {say("no_dates")}");
            return;
        }

        if (stage.Planned is { } planned)
        {
            Bar("due", planned, top + BarTop, BarHeight);
            if (late && planned.To.Last < plan.AsOf.Date.Last)
            {
                var y = top + BarTop + (BarHeight / 2);
                svg.Append(CultureInfo.InvariantCulture, $"<line class=\"overdue\" x1=\"{X(planned.To.Last.AddDays(1))}%\" x2=\"{end}%\" y1=\"{y}\" y2=\"{y}\"/>");
            }
        }

        if (stage.Actual is { } actual)
        {
            Bar(stage.State == PlanState.Done ? "was" : "some", actual, top + BarTop, BarHeight);
        }
    }

    private void Bar(string kind, PlanDate date, int top, int height)
    {
        var days = date.To.Last.DayNumber - date.From.First.DayNumber + 1;
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{X(date.From.First)}%\" y=\"{top}\" width=\"{Share(days)}%\" height=\"{height}\"/>");
    }

    private void Text(string kind, int y, string text) => svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"0\" dx=\"4\" y=\"{y}\">{Html(text)}</text>");

    private string X(DateOnly day) => Share(day.DayNumber - from.DayNumber);

    private string Share(int days) => (100m * days / (to.DayNumber - from.DayNumber + 1)).ToString("0.##", CultureInfo.InvariantCulture);

    private static int FirstYear(PlanStatus plan) => Dates(plan).Select(date => date.From.Year).Append(plan.AsOf.Date.Year).Min();

    private static int LastYear(PlanStatus plan) => Dates(plan).Select(date => date.To.Year).Append(plan.AsOf.Date.Year).Max();

    private static IEnumerable<PlanDate> Dates(PlanStatus plan) => plan.Stages.SelectMany(stage => new[] { stage.Planned, stage.Actual }).OfType<PlanDate>();

    private static string Shortened(string name) => name.Length <= LongestLabel ? name : $"{name[..LongestLabel].TrimEnd()}…";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
