using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace OgpBot.Storage;

/// <summary>What differs between databases. SQLite is the only one so far; PostgreSQL is planned.</summary>
public interface IDatabase
{
    void Configure(DbContextOptionsBuilder options);

    DbConnection OpenWriter();

    DbConnection OpenReader();

    /// <summary>What is read until its end is of one moment, and nobody waits for it.</summary>
    DbTransaction BeginReading(DbConnection reader);

    /// <summary>Whether the error means that nothing can be kept now (locked, full, read-only, gone), rather than that this write is wrong.</summary>
    bool IsUnavailable(Exception error);

    /// <summary>Housekeeping after a commit, when due.</summary>
    /// <param name="writes">Writes since the last time it was done.</param>
    /// <returns>How many disk flushes it cost; 0 where it was not due.</returns>
    int Checkpoint(DbConnection connection, int writes);

    /// <summary>Leaves no copy of what was erased in the database's log.</summary>
    /// <returns>False where a reader still needs the log.</returns>
    bool Scrub(DbConnection connection);
}
