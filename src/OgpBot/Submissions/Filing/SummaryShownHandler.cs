using System.Globalization;
using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Submissions.Filing;

/// <summary>Notes when the summary was first shown: from then on the grace counts.</summary>
public sealed class SummaryShownHandler(TimeProvider clock) : ICallHandler
{
    internal const string Slot = "summary_shown";

    public CallContract Contract { get; } = new("consultation.summary_shown", ["noted"], [Slot]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) => ValueTask.FromResult<CallAnswer>(
        new CallResult("noted")
        {
            Values = call.Slots.ContainsKey(Slot)
                ? new Dictionary<string, string>()
                : new Dictionary<string, string> { [Slot] = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) },
        });
}
