using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Handlers;

/// <summary>Puts the offered rewrite in the place of the citizen's text. Her text is erased wherever it was kept; the rewrite is checked as any text.</summary>
public sealed class RewriteHandler(Lazy<CriteriaChecks> checks) : ICallHandler
{
    /// <summary>The slot that holds what is offered.</summary>
    internal const string Offered = "check_rewrite";

    public CallContract Contract { get; } = new("criteria.rewrite", ["rewritten"], [CheckRecord.Slot]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var slot = call.Slots[CheckHandler.SlotChecked];
        var record = CheckRecord.Read(call.Slots.GetValueOrDefault(CheckRecord.Slot), checks.Value.Version);
        return ValueTask.FromResult<CallAnswer>(new CallResult("rewritten")
        {
            Values = new Dictionary<string, string>
            {
                [slot] = call.Slots[Offered],
                [CheckRecord.Slot] = record.With(slot, null, record.Version).Write(),
            },
        });
    }
}
