using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;

namespace OgpBot.Staff.Audit;

/// <summary>Writes acts to the audit, and proves that none was changed.</summary>
public sealed class AuditTrail(TurnWriter writer, TimeProvider clock)
{
    private const string Beginning = "";

    /// <summary>Writes an act in the transaction of what it tells of: both are kept, or neither.</summary>
    /// <param name="database">The writer's, inside its transaction.</param>
    internal async Task AddAsync(DbContext database, Act act)
    {
        var last = await database.Set<AuditEntry>().AsNoTracking().OrderByDescending(entry => entry.Seq).Select(entry => new { entry.Seq, entry.Hash }).FirstOrDefaultAsync();
        database.Add(Entry((last?.Seq ?? 0) + 1, act).After(last?.Hash ?? Beginning));
        await database.SaveChangesAsync();
    }

    /// <summary>Writes an act that changes nothing else, such as a look at contact data, or that failed.</summary>
    internal Task AddAsync(Act act, CancellationToken cancellationToken) => writer.WriteAsync(
        async session =>
        {
            await AddAsync(session.Database, act);
            return true;
        },
        cancellationToken);

    /// <summary>Reads the audit from its first row.</summary>
    /// <returns>How many rows hold, and the number of the first that does not; null where all do.</returns>
    internal static async Task<(long Good, long? Broken)> VerifyAsync(DbContext database, CancellationToken cancellationToken)
    {
        var (good, before) = (0L, Beginning);
        await foreach (var entry in database.Set<AuditEntry>().AsNoTracking().OrderBy(entry => entry.Seq).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (entry.Seq != good + 1 || entry.Hash != entry.HashAfter(before))
            {
                return (good, good + 1);
            }

            (good, before) = (entry.Seq, entry.Hash);
        }

        return (good, null);
    }

    private AuditEntry Entry(long seq, Act act) => new()
    {
        Seq = seq,
        At = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
        Who = act.Who,
        ByMachine = act.ByMachine,
        Act = act.Name,
        Subject = act.Subject,
        From = act.From,
        To = act.To,
        Why = act.Why,
    };
}

/// <summary>An act to be recorded.</summary>
/// <param name="Who">The id of a person of the staff, or the name of a program.</param>
/// <param name="Name">One of <see cref="AuditActs"/>.</param>
/// <param name="Subject">A folio, a person, a switch.</param>
internal sealed record Act(string Who, string Name, string? Subject = null, string? From = null, string? To = null, string? Why = null)
{
    internal bool ByMachine { get; init; }
}
