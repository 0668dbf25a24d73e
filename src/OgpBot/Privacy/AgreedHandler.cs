using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Privacy;

/// <summary>Says whether the notice that the citizen accepted is still the one that holds: what changed is asked again.</summary>
internal sealed class AgreedHandler(Lazy<DialogLibrary> library) : ICallHandler
{
    public CallContract Contract { get; } = new("privacy.agreed", ["agreed", "changed"], []);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) => ValueTask.FromResult<CallAnswer>(
        new CallResult(call.Slots.GetValueOrDefault(ConsentHandler.VersionSlot) == library.Value.Consultation.Privacy.Version ? "agreed" : "changed"));
}
