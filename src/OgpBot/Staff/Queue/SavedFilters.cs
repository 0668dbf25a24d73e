using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Staff.Queue;

/// <summary>The filters that people keep under names. Each sees her own.</summary>
internal sealed class SavedFilters(IDbContextFactory<OgpBotDb> contexts, TurnWriter writer)
{
    internal const int Most = 30;
    internal const int LongestName = 60;

    internal async Task<IReadOnlyList<SavedFilter>> OfAsync(string staffId, CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        return await database.Set<SavedFilter>().AsNoTracking().Where(filter => filter.StaffId == staffId).OrderBy(filter => filter.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Keeps a filter. One of the same name is replaced.</summary>
    /// <returns>False where there are too many.</returns>
    internal Task<bool> SaveAsync(string staffId, string name, string query, CancellationToken cancellationToken) => writer.WriteAsync(
        async session =>
        {
            var own = session.Database.Set<SavedFilter>().Where(filter => filter.StaffId == staffId);
            await own.Where(filter => filter.Name == name).ExecuteDeleteAsync();
            if (await own.CountAsync() >= Most)
            {
                return false;
            }

            session.Database.Add(new SavedFilter { StaffId = staffId, Name = name, Query = query });
            await session.Database.SaveChangesAsync();
            return true;
        },
        cancellationToken);

    internal Task DeleteAsync(string staffId, string name, CancellationToken cancellationToken) => writer.WriteAsync(
        async session => await session.Database.Set<SavedFilter>().Where(filter => filter.StaffId == staffId && filter.Name == name).ExecuteDeleteAsync(),
        cancellationToken);
}
