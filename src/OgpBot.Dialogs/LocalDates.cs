using System.Globalization;

namespace OgpBot.Dialogs;

/// <summary>Days in words, from the texts <c>date.long</c> and <c>date.months</c>: no culture data of the machine is needed.</summary>
public static class LocalDates
{
    /// <summary>How a day is kept: <c>2026-07-05</c>.</summary>
    internal const string Kept = "yyyy-MM-dd";

    /// <summary>A day as it is kept; null: it is none.</summary>
    public static DateOnly? Read(string kept) => DateOnly.TryParseExact(kept, Kept, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary><c>5 de septiembre de 2026</c>.</summary>
    public static string InWords(DateOnly day, Texts texts)
    {
        var months = texts.Plain("date.months").Split(',', StringSplitOptions.TrimEntries);
        return texts["date.long"]?.Render(name => name switch
        {
            "day" => day.Day.ToString(CultureInfo.InvariantCulture),
            "month" => months.ElementAtOrDefault(day.Month - 1) ?? day.Month.ToString(CultureInfo.InvariantCulture),
            _ => day.Year.ToString(CultureInfo.InvariantCulture),
        }) ?? day.ToString("O", CultureInfo.InvariantCulture);
    }

    /// <summary>The last local day before a moment that is no longer included.</summary>
    public static DateOnly LastDayBefore(DateTimeOffset end, Consultation consultation) =>
        DateOnly.FromDateTime(consultation.ToLocal(end.AddTicks(-1)).DateTime);

    /// <summary>For machines: <c>2026-07-05T23:59:59-06:00</c>.</summary>
    public static string Stamp(DateTimeOffset moment, Consultation consultation) =>
        consultation.ToLocal(moment).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static DateOnly DayOf(DateTimeOffset moment, Consultation consultation) => DateOnly.FromDateTime(consultation.ToLocal(moment).DateTime);
}
