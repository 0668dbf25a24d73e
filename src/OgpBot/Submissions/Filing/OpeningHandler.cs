using System.Globalization;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Switches;

namespace OgpBot.Submissions.Filing;

/// <summary>Says whether submissions are taken now, and if not, since when, until when and why.</summary>
public sealed class OpeningHandler(Lazy<DialogLibrary> library, SwitchBoard switches, TimeProvider clock) : ICallHandler
{
    internal static readonly string[] Outcomes = ["not_yet", "closed", "paused"];

    internal static readonly string[] Values = ["opening_since", "opening_until", "opening_reason"];

    public CallContract Contract { get; } = new("consultation.opening", ["open", .. Outcomes], Values);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Refusal(library.Value, switches, clock.GetUtcNow(), call) ?? new CallResult("open"));

    /// <summary>Null where a submission may be sent.</summary>
    internal static CallAnswer? Refusal(DialogLibrary library, SwitchBoard switches, DateTimeOffset now, Call call)
    {
        if (switches.ReasonOf(SwitchBoard.Consultation) is { } why)
        {
            return new CallResult("paused") { Values = new Dictionary<string, string> { ["opening_since"] = "", ["opening_until"] = "", ["opening_reason"] = why } };
        }

        var consultation = library.Consultation;
        if (consultation.MaySend(now, SummaryShown(call)))
        {
            return null;
        }

        var opening = consultation.OpeningAt(now);
        var texts = library.Texts[call.Language];
        var values = new Dictionary<string, string>();
        if (opening.Since is { } since)
        {
            // A close is told by its last open day, a pause by its first day.
            values["opening_since"] = LocalDates.InWords(
                opening.State == OpeningState.Closed ? LocalDates.LastDayBefore(since, consultation) : LocalDates.DayOf(since, consultation), texts);
        }

        if (opening.Until is { } until)
        {
            values["opening_until"] = LocalDates.InWords(
                opening.State == OpeningState.Paused ? LocalDates.LastDayBefore(until, consultation) : LocalDates.DayOf(until, consultation), texts);
        }

        if (opening.Reason is { } reason)
        {
            values["opening_reason"] = reason.In(call.Language);
        }

        return new CallResult(opening.State switch
        {
            OpeningState.NotYet => "not_yet",
            OpeningState.Paused => "paused",
            _ => "closed",
        })
        { Values = values };
    }

    private static DateTimeOffset? SummaryShown(Call call) => call.Slots.TryGetValue(SummaryShownHandler.Slot, out var shown)
        ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(shown, CultureInfo.InvariantCulture))
        : null;
}
