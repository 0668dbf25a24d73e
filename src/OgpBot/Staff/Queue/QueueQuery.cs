using System.Data.Common;
using OgpBot.Storage;
using OgpBot.Submissions;

namespace OgpBot.Staff.Queue;

/// <summary>One moment of the database, seen through a filter.</summary>
internal sealed class QueueQuery : IAsyncDisposable
{
    // More of a text than any excerpt shows.
    private const string Columns =
        "s.id, s.folio, substr(s.problem, 1, 400), s.axis, s.borough, s.scope, s.place, s.review_state, s.received_at, s.channel, s.has_doubt, s.assigned_to, s.judged";

    private readonly DbConnection connection;
    private readonly DbTransaction moment;
    private readonly QueueFilter filter;
    private readonly QueueSql sql;
    private readonly CountedCells cells;
    private long? alike;

    private QueueQuery(DbConnection connection, DbTransaction moment, QueueFilter filter, QueueSql sql, CountedCells cells) =>
        (this.connection, this.moment, this.filter, this.sql, this.cells) = (connection, moment, filter, sql, cells);

    internal static QueueQuery Open(IDatabase kind, QueueFilter filter, CountedCells cells, TimeProvider clock)
    {
        var connection = kind.OpenReader();
        try
        {
            return new QueueQuery(connection, kind.BeginReading(connection), filter, new QueueSql(filter, clock), cells);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal async Task<long> CountAsync(CancellationToken cancellationToken) => (await ReadAsync(sql.Count, 0, null, row => row.GetInt64(0), cancellationToken))[0];

    /// <summary>How many there are, and how many there would be with each value of each dimension.</summary>
    internal async Task<(long Count, IReadOnlyList<QueueFacet> Facets)> CountsAsync(CancellationToken cancellationToken)
    {
        var counter = new FacetCounter(filter);
        if (filter.Terms.Count == 0)
        {
            foreach (var cell in await CellsAsync(cancellationToken))
            {
                counter.Add(cell);
            }
        }

        if (sql.Beside is { } beside)
        {
            await EachAsync(beside, 0, null, row => counter.Add(ReadCell(row)), cancellationToken);
        }

        var facets = counter.Facets.ToList();
        facets[^1] = WithPeople(facets[^1]);
        return (counter.Total, facets);
    }

    /// <summary>Rows beyond one, the nearest first.</summary>
    internal async Task<List<QueueRow>> RowsAsync(string? cursor, bool backwards, int most, CancellationToken cancellationToken) =>
        await ReadAsync(sql.Rows(Columns, backwards, cursor is not null, await AlikeAsync(cancellationToken)), most, cursor, ReadRow, cancellationToken);

    internal async Task<List<string>> FoliosAsync(string? cursor, bool backwards, int most, CancellationToken cancellationToken) =>
        await ReadAsync(sql.Rows("s.folio", backwards, cursor is not null, await AlikeAsync(cancellationToken)), most, cursor, row => row.GetString(0), cancellationToken);

    internal async Task<string?> FolioBeyondAsync(string id, bool backwards, CancellationToken cancellationToken) =>
        (await FoliosAsync(id, backwards, 1, cancellationToken)).FirstOrDefault();

    internal async Task<string?> IdOfAsync(string folio, CancellationToken cancellationToken) =>
        (await ReadAsync("SELECT id FROM submissions WHERE folio = $cursor", 0, folio, row => row.GetString(0), cancellationToken)).FirstOrDefault();

    public async ValueTask DisposeAsync()
    {
        await moment.DisposeAsync();
        await connection.DisposeAsync();
    }

    // "Me" and "anyone" are values of the field too, though no row has them.
    private QueueFacet WithPeople(QueueFacet assigned)
    {
        var people = assigned.Values.Where(value => value.Value != QueueFilter.Nobody).ToList();
        List<(string Value, long Count)> sums =
        [
            (QueueFilter.Me, people.Where(person => person.Value == filter.Viewer).Sum(person => person.Count)),
            (QueueFilter.Anyone, people.Sum(person => person.Count)),
        ];
        return assigned with { Values = [.. sums.Where(sum => sum.Count > 0), .. assigned.Values] };
    }

    private async Task<long> AlikeAsync(CancellationToken cancellationToken) =>
        alike ??= sql.HasDimensions ? (await ReadAsync(sql.Alike, 0, null, row => row.GetInt64(0), cancellationToken))[0] : 0;

    private async Task<List<T>> ReadAsync<T>(string text, int most, string? cursor, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await EachAsync(text, most, cursor, row => rows.Add(read(row)), cancellationToken);
        return rows;
    }

    private async Task EachAsync(string text, int most, string? cursor, Action<DbDataReader> take, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (text, moment);
        sql.Bind(command, most, cursor);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            take(reader);
        }
    }

    // Read in the same moment as the version: what is kept under it is what it was.
    private async Task<IReadOnlyList<CountedCell>> CellsAsync(CancellationToken cancellationToken)
    {
        var version = (await ReadAsync(QueueSql.Version, 0, null, row => row.GetInt64(0), cancellationToken))[0];
        if (cells.Of(version) is { } known)
        {
            return known;
        }

        var read = await ReadAsync(QueueSql.Cells, 0, null, ReadCell, cancellationToken);
        cells.Keep(version, read);
        return read;
    }

    private static CountedCell ReadCell(DbDataReader row) =>
        new([.. Enumerable.Range(0, QueueDimension.All.Count).Select(at => string.Intern(row.GetString(at)))], row.GetInt64(QueueDimension.All.Count));

    private static QueueRow ReadRow(DbDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        Text(row, 3),
        Text(row, 4),
        row.GetString(5),
        Text(row, 6),
        (ReviewState)row.GetInt32(7),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        row.GetString(9),
        row.GetBoolean(10),
        Text(row, 11),
        row.GetInt32(12));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
