using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;
using OgpBot.Storage.Sqlite;

namespace OgpBot.Benchmarks;

/// <summary>
/// Fills the database of a data folder before the host starts, so that the cost of a turn can be compared with that of an empty one.
/// </summary>
internal static class SeedSubmissions
{
    // One statement of SQLite's own makes them: a million in some seconds. Their ids sort before those of the run.
    private const string Citizens =
        """
        WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {0})
        INSERT INTO citizens (id) SELECT printf('00seed%020d', n) FROM numbers
        """;

    private const string Submissions =
        """
        INSERT INTO submissions (id, folio, citizen_id, received_at, consultation, channel, language, axis, scope, borough, problem, review_state)
        SELECT id, 'SEED-' || hex(randomblob(8)), id, 1700000000000 + rowid * 1000, 'seed', 'web', 'es', 1 + rowid % 5, 'borough', 'coyoacan',
          'El agua llega pocas horas al día a las calles altas y nadie avisa cuándo. ' || rowid, 0
        FROM citizens
        """;

    /// <param name="dataDirectory">The folder the host is started with; it exists, the database in it may not.</param>
    /// <param name="count">Submissions to store.</param>
    /// <param name="cancellation">Ends with the limit of the whole run.</param>
    public static async Task RunAsync(string dataDirectory, int count, CancellationToken cancellation)
    {
        var options = new DbContextOptionsBuilder<OgpBotDb>();
        new SqliteDatabase($"Data Source={Path.Combine(dataDirectory, "ogpbot.db")}").Configure(options);
        await using var database = new OgpBotDb(options.Options);
        database.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
        await database.Database.MigrateAsync(cancellation);
        await database.Database.ExecuteSqlRawAsync(Citizens, [count], cancellation);
        await database.Database.ExecuteSqlRawAsync(Submissions, cancellation);
        await database.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", cancellation);
        await Console.Error.WriteLineAsync($"{count} submissions stored");
    }
}
