using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Handlers;

/// <summary>
/// Notes that the citizen sends a text as it is in spite of a doubt, with her reason if she gave one, or that the text adds to one that she filed before.
/// The text is filed as any other.
/// </summary>
public sealed class DismissFindingHandler(Lazy<CriteriaChecks> checks) : ICallHandler
{
    internal const string Choice = "finding_choice";
    internal const string Reason = "finding_reason";
    internal const string AddsTo = "adds_to";

    public CallContract Contract { get; } = new("criteria.keep", ["kept"], [CheckRecord.Slot, AddsTo]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var record = CheckRecord.Read(call.Slots.GetValueOrDefault(CheckRecord.Slot), checks.Value.Version);
        var slot = call.Slots[CheckHandler.SlotChecked];
        var criterion = call.Slots[CheckHandler.Criterion];
        var reason = call.Slots.GetValueOrDefault(Reason);
        var values = new Dictionary<string, string>();
        if (record.Texts.TryGetValue(slot, out var text))
        {
            CheckMark[] marks = [.. text.Marks.Select(mark =>
                mark.Criterion == criterion ? mark with { Kept = true, Reason = string.IsNullOrEmpty(reason) ? null : reason } : mark)];
            values[CheckRecord.Slot] = record.With(slot, text with { Marks = marks }, record.Version).Write();
        }

        if (call.Slots.GetValueOrDefault(Choice) == "add" && call.Slots.GetValueOrDefault(CheckHandler.Folio) is { Length: > 0 } folio)
        {
            values[AddsTo] = folio;
        }

        return ValueTask.FromResult<CallAnswer>(new CallResult("kept") { Values = values });
    }
}
