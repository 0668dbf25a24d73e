using System.Globalization;
using System.Text.RegularExpressions;

namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Asks for a day: «5 de julio de 2026», «05/07/2026» (day first) or «2026-07-05». It is kept in the last form (ISO 8601).
/// <c>- {id: since, date: submission.since, slot: since}</c>
/// </summary>
public sealed partial record DateStep(string Id, string Question, string Fills, ChoiceList Choices, int? Progress, DataNode Source)
    : ValueStep(Id, Question, Fills, Choices, Progress, Source)
{
    protected override string Sorry => "common.no_date";

    internal static DateStep Read(DataNode node)
    {
        node.Only("id", "date", "slot", "progress", "choices", "help", "name", "tells", "when");
        return new DateStep(node.Required("id"), node.Required("date"), node.Required("slot"), ChoiceList.Read(node), node.Number("progress"), node);
    }

    internal override string? Read(Turn turn, string text)
    {
        if (IsoDay().Match(text) is { Success: true } iso)
        {
            return Day(iso.Groups[1].Value, Number(iso.Groups[2].Value), iso.Groups[3].Value);
        }

        if (DayFirst().Match(text) is { Success: true } numbers)
        {
            return Day(numbers.Groups[3].Value, Number(numbers.Groups[2].Value), numbers.Groups[1].Value);
        }

        var months = LocalDates.MonthsOf(turn.Library.Texts[turn.Language]).Select(TextFold.Fold).ToList();
        return InWords().Matches(TextFold.Fold(text)).Select(found => (Found: found, Month: months.FindIndex(month => month == found.Groups[2].Value) + 1))
            .Where(found => found.Month > 0).Select(found => Day(found.Found.Groups[3].Value, found.Month, found.Found.Groups[1].Value)).FirstOrDefault();
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string? Day(string year, int month, string day) =>
        $"{year}-{month:00}-{Number(day):00}" is var kept && LocalDates.Read(kept) is not null ? kept : null;

    [GeneratedRegex(@"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDay();

    [GeneratedRegex(@"(?<!\d)(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex DayFirst();

    // «5 de julio del 2026», «5 july 2026».
    [GeneratedRegex(@"(?<!\d)(\d{1,2}) (?:del? )?([a-z]+) (?:del? )?(\d{4})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex InWords();
}
