using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace OgpBot.Storage.Sqlite;

/// <summary>The database in SQLite. See https://www.sqlite.org/pragma.html for each setting.</summary>
public sealed class SqliteDatabase : IDatabase
{
    // A longer log makes reads slower; each checkpoint costs two flushes. So many writes are some ten megabytes of log.
    private const int WritesPerCheckpoint = 4_000;

    // Seconds to wait for a lock. A citizen must know within five whether a message was kept, and may wait behind one such commit.
    private const int LockTimeout = 2;

    private readonly string connectionString;
    private readonly string readerConnectionString;
    private readonly PragmaInterceptor interceptor = new();

    public SqliteDatabase(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString) { DefaultTimeout = LockTimeout, ForeignKeys = true };
        this.connectionString = builder.ToString();

        // Readers change nothing, and need not pay for the check at each opening.
        builder.ForeignKeys = null;
        readerConnectionString = builder.ToString();
    }

    // Whether the model has changes that no migration makes is asked by a test; at each start it would be work for nothing.
    public void Configure(DbContextOptionsBuilder options) => options.UseSqlite(connectionString).AddInterceptors(interceptor)
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning, RelationalEventId.CommandError));

    public DbConnection OpenWriter()
    {
        var connection = Open(connectionString);
        PragmaInterceptor.Apply(connection);
        return connection;
    }

    public DbConnection OpenReader() => Open(readerConnectionString);

    // Otherwise a transaction takes the lock of writers as it begins.
    public DbTransaction BeginReading(DbConnection reader) => ((SqliteConnection)reader).BeginTransaction(deferred: true);

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // https://www.sqlite.org/rescode.html: busy, locked, read-only, I/O error, corrupt, full, can't open, not a database.
    public bool IsUnavailable(Exception error) =>
        error is SqliteException { SqliteErrorCode: 5 or 6 or 8 or 10 or 11 or 13 or 14 or 26 } || (error.InnerException is { } inner && IsUnavailable(inner));

    public int Checkpoint(DbConnection connection, int writes)
    {
        if (writes < WritesPerCheckpoint)
        {
            return 0;
        }

        // The log is flushed before its pages go to the database file, and that file after.
        Execute(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        return 2;
    }

    public bool Scrub(DbConnection connection)
    {
        // The first column is 1 where a reader held it up; then the log is left as it is.
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0;
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class PragmaInterceptor : DbConnectionInterceptor
    {
        // WAL: readers don't wait for the writer. FULL: a commit is on the disk before it is acknowledged. secure_delete: what is erased
        // is overwritten. Checkpoints are made by the writer alone, so that flushes can be counted.
        internal static void Apply(DbConnection connection)
        {
            // EF Core looks through a read-only one whether the file exists; a new or restored file could not be put to WAL there.
            if (new SqliteConnectionStringBuilder(connection.ConnectionString).Mode != SqliteOpenMode.ReadOnly)
            {
                Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0");
            }
        }

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Apply(connection);
            return Task.CompletedTask;
        }
    }
}
