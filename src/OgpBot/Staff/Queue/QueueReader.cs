using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using OgpBot.Archive;
using OgpBot.Dialogs;
using OgpBot.Staff.Accounts;
using OgpBot.Storage;

namespace OgpBot.Staff.Queue;

/// <summary>Reads the queue. All that one call gives is of one moment, whatever is written meanwhile.</summary>
internal sealed class QueueReader(
    IDatabase kind, IDbContextFactory<OgpBotDb> contexts, Lazy<DialogLibrary> library, Lazy<ShippedArchive> archive, TimeProvider clock)
{
    internal const int PageLength = 50;

    private readonly CountedCells cells = new();

    /// <summary>The values that fields may have now.</summary>
    internal async Task<QueueChoices> ChoicesAsync(CancellationToken cancellationToken)
    {
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var staff = await database.Set<StaffMember>().AsNoTracking().ToDictionaryAsync(person => person.Id, person => person.Name, cancellationToken);
        return new QueueChoices(library.Value.Consultation, staff, archive);
    }

    /// <summary>Reads a query string, for pages that carry the filter of the queue and show no mistakes in it.</summary>
    internal async Task<QueueFilter> FilterAsync(IEnumerable<KeyValuePair<string, StringValues>> query, string viewer, CancellationToken cancellationToken) =>
        QueueFilter.Read(query, viewer, await ChoicesAsync(cancellationToken), []);

    /// <summary>The page that the filter points at.</summary>
    internal async Task<QueuePage> ReadAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        await using var query = QueueQuery.Open(kind, filter, cells, clock);
        var (count, facets) = await query.CountsAsync(cancellationToken);
        var backwards = filter[QueueFilter.Before] is not null;
        var rows = await query.RowsAsync(filter[QueueFilter.Before] ?? filter[QueueFilter.After], backwards, PageLength, cancellationToken);
        if (backwards)
        {
            rows.Reverse();
        }

        return rows.Count == 0
            ? new QueuePage(rows, count, facets, Previous: null, Next: null)
            : new QueuePage(
                rows,
                count,
                facets,
                await query.FolioBeyondAsync(rows[0].Id, backwards: true, cancellationToken) is null ? null : filter.At(QueueFilter.Before, rows[0].Id),
                await query.FolioBeyondAsync(rows[^1].Id, backwards: false, cancellationToken) is null ? null : filter.At(QueueFilter.After, rows[^1].Id));
    }

    /// <summary>How many the filter has.</summary>
    internal async Task<long> CountAsync(QueueFilter filter, CancellationToken cancellationToken)
    {
        await using var query = QueueQuery.Open(kind, filter, cells, clock);
        return await query.CountAsync(cancellationToken);
    }

    /// <summary>The folios before and after one in the order of the filter, also where that one left the filter meanwhile; null: there is none.</summary>
    internal async Task<(string? Previous, string? Next)> NeighboursAsync(QueueFilter filter, string folio, CancellationToken cancellationToken)
    {
        await using var query = QueueQuery.Open(kind, filter, cells, clock);
        return await query.IdOfAsync(folio, cancellationToken) is { } id
            ? (await query.FolioBeyondAsync(id, backwards: true, cancellationToken), await query.FolioBeyondAsync(id, backwards: false, cancellationToken))
            : (null, null);
    }

    /// <summary>The folios of the filter in its order, from its beginning.</summary>
    internal async Task<IReadOnlyList<string>> FoliosAsync(QueueFilter filter, int most, CancellationToken cancellationToken)
    {
        await using var query = QueueQuery.Open(kind, filter, cells, clock);
        return await query.FoliosAsync(cursor: null, backwards: false, most, cancellationToken);
    }
}
