using System.Globalization;

namespace OgpBot.Dialogs;

/// <summary>
/// Days and moments as text. Words come from the texts <c>date.long</c> and <c>date.months</c>, and not from the machine's culture data.
/// A local day is a day in the consultation's time zone.
/// </summary>
public static class LocalDates
{
    /// <summary>How a day is kept: <c>2026-07-05</c>.</summary>
    internal const string Kept = "yyyy-MM-dd";

    /// <summary>Reads a day in the form in which it is kept; null: it is no such day.</summary>
    public static DateOnly? Read(string kept) =>
        DateOnly.TryParseExact(kept, Kept, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The names of the months in a language, January first.</summary>
    public static string[] MonthsOf(Texts texts) => texts.Plain("date.months").Split(',', StringSplitOptions.TrimEntries);

    /// <summary>A day in words, such as <c>5 de septiembre de 2026</c>.</summary>
    public static string InWords(DateOnly day, Texts texts)
    {
        var months = MonthsOf(texts);
        return texts["date.long"]?.Render(name => name switch
        {
            "day" => day.Day.ToString(CultureInfo.InvariantCulture),
            "month" => months.ElementAtOrDefault(day.Month - 1) ?? day.Month.ToString(CultureInfo.InvariantCulture),
            _ => day.Year.ToString(CultureInfo.InvariantCulture),
        }) ?? day.ToString("O", CultureInfo.InvariantCulture);
    }

    /// <summary>The last local day of a period whose end is exclusive.</summary>
    public static DateOnly LastDayBefore(DateTimeOffset end, Consultation consultation) =>
        DateOnly.FromDateTime(consultation.ToLocal(end.AddTicks(-1)).DateTime);

    /// <summary>A moment in ISO 8601 with the local offset: <c>2026-07-05T23:59:59-06:00</c>.</summary>
    public static string Stamp(DateTimeOffset moment, Consultation consultation) =>
        consultation.ToLocal(moment).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>The local day of a moment.</summary>
    public static DateOnly DayOf(DateTimeOffset moment, Consultation consultation) => DateOnly.FromDateTime(consultation.ToLocal(moment).DateTime);
}
