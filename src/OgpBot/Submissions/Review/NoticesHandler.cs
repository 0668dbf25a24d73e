using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Submissions.Review;

/// <summary>Notes that the citizen wants no notices of what comes of her submissions.</summary>
internal sealed class NoticesOffHandler(TimeProvider clock) : ICallHandler
{
    public CallContract Contract { get; } = new("notices.off", ["off"], []);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new CallAnswer(new CallResult("off")) { Changes = [database => RefuseAsync(database, context.CitizenId)] });

    private async Task RefuseAsync(DbContext database, string citizenId)
    {
        if (!await database.Set<NoticeRefusal>().AnyAsync(refusal => refusal.CitizenId == citizenId))
        {
            database.Add(new NoticeRefusal { CitizenId = citizenId, At = clock.GetUtcNow() });
            await database.SaveChangesAsync();
        }
    }
}

/// <summary>Takes back that she wants none. What was not told meanwhile is not told later: she reads it in «mis aportes».</summary>
internal sealed class NoticesOnHandler : ICallHandler
{
    public CallContract Contract { get; } = new("notices.on", ["on"], []);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new CallAnswer(new CallResult("on")) { Changes = [database => WantAsync(database, context.CitizenId)] });

    private static Task WantAsync(DbContext database, string citizenId) =>
        database.Set<NoticeRefusal>().Where(refusal => refusal.CitizenId == citizenId).ExecuteDeleteAsync();
}
