using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Handlers;

/// <summary>Puts masks in place of personal data in a text. The text with the data is erased wherever it was kept.</summary>
public sealed class MaskHandler(Lazy<CriteriaChecks> checks) : ICallHandler
{
    public CallContract Contract { get; } = new("criteria.mask", ["masked"], [CheckRecord.Slot]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var slot = call.Slots[CheckHandler.SlotChecked];
        var masked = checks.Value.Mask(call.Slots[slot], call.Language);
        var record = CheckRecord.Read(call.Slots.GetValueOrDefault(CheckRecord.Slot), checks.Value.Version);
        var values = new Dictionary<string, string> { [slot] = masked };
        if (record.Texts.TryGetValue(slot, out var text))
        {
            // What the citizen said to other marks still holds.
            values[CheckRecord.Slot] = record.With(slot, text with { Text = CheckHandler.Fingerprint(masked) }, record.Version).Write();
        }

        return ValueTask.FromResult<CallAnswer>(new CallResult("masked") { Values = values });
    }
}
