using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Criteria.Handlers;

/// <summary>Keeps the beginning of what was just filed. A similar text later in the same conversation is then asked about.</summary>
public sealed class RememberFiledTextHandler : ICallHandler
{
    public CallContract Contract { get; } = new("criteria.remember", ["remembered"], [FiledTextsSlot.Slot]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
    {
        var filed = new FiledText(call.Slots["folio"], call.Slots["problem"]);
        return ValueTask.FromResult<CallAnswer>(new CallResult("remembered")
        {
            Values = new Dictionary<string, string> { [FiledTextsSlot.Slot] = FiledTextsSlot.Add(call.Slots.GetValueOrDefault(FiledTextsSlot.Slot), filed) },
        });
    }
}
