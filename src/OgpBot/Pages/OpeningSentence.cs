using OgpBot.Dialogs;
using OgpBot.Switches;

namespace OgpBot.Pages;

/// <summary>Whether the consultation takes submissions now, in a sentence; before it what staff put up.</summary>
internal static class OpeningSentence
{
    internal static string At(DateTimeOffset now, DialogLibrary library, SwitchBoard switches, PageTexts texts)
    {
        var banner = switches.ReasonOf(SwitchBoard.Banner) is { } put ? $"{put} " : "";
        return banner + (switches.ReasonOf(SwitchBoard.Consultation) is { } why
            ? texts.Opening("paused_now", new Dictionary<string, string> { ["reason"] = why })
            : At(now, library, texts));
    }

    private static string At(DateTimeOffset now, DialogLibrary library, PageTexts texts)
    {
        var consultation = library.Consultation;
        var opening = consultation.OpeningAt(now);
        var words = library.Texts[texts.Language];
        var values = new Dictionary<string, string>();

        // An end is told by its last day, a beginning by its first.
        if (opening.Since is { } since)
        {
            values["since"] = LocalDates.InWords(opening.State == OpeningState.Closed ? LocalDates.LastDayBefore(since, consultation) : LocalDates.DayOf(since, consultation), words);
        }

        if (opening.Until is { } until)
        {
            values["until"] = LocalDates.InWords(opening.State == OpeningState.NotYet ? LocalDates.DayOf(until, consultation) : LocalDates.LastDayBefore(until, consultation), words);
        }

        values["reason"] = opening.Reason?.In(texts.Language) ?? "";
        return texts.Opening(NameOf(opening), values);
    }

    private static string NameOf(Opening opening) => opening.State switch
    {
        OpeningState.NotYet => "not_yet",
        OpeningState.Closed => "closed",
        OpeningState.Paused => "paused",
        _ => opening.Until is null ? "open" : "open_until",
    };
}
