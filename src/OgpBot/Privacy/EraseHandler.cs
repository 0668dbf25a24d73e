using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Privacy;

/// <summary>Erases all that the rooms hold of a citizen. What the bot says in the same turn is its last word; if she writes again she begins anew.</summary>
internal sealed class EraseHandler(IEnumerable<IPersonalData> rooms) : ICallHandler
{
    public CallContract Contract { get; } = new("privacy.erase", ["erased"], []);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) => ValueTask.FromResult(
        new CallAnswer(new CallResult("erased")) { Changes = [.. rooms.Select(room => (Func<DbContext, Task>)(database => room.EraseAsync(database, context)))] });
}
