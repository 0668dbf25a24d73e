using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Staff.Audit;
using OgpBot.Switches;

namespace OgpBot.Staff.Deciding;

/// <summary>Sets the switches and records who did.</summary>
internal sealed class SwitchDesk(TurnWriter writer, AuditTrail audit, SwitchBoard board, TimeProvider clock)
{
    /// <summary>Sets a switch with the reason that citizens read, or takes it back.</summary>
    /// <param name="reason">Null: as always.</param>
    internal async Task SetAsync(string by, string name, string? reason, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(
            async session =>
            {
                var before = await session.Database.Set<SwitchSetting>().AsNoTracking().SingleOrDefaultAsync(setting => setting.Name == name, cancellationToken);
                await session.Database.Set<SwitchSetting>().Where(setting => setting.Name == name).ExecuteDeleteAsync(cancellationToken);
                if (reason is not null)
                {
                    session.Database.Add(new SwitchSetting { Name = name, Reason = reason, By = by, At = clock.GetUtcNow() });
                    await session.Database.SaveChangesAsync(cancellationToken);
                }

                await audit.AddAsync(session.Database, new Act(by, AuditActs.Switch, name, before is null ? "on" : "off", reason is null ? "on" : "off", reason));
                return true;
            },
            cancellationToken);
        board.Forget();
    }
}
