using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace OgpBot.Storage.Sqlite;

/// <summary>What <c>dotnet ef</c> looks at when it writes a migration: the model alone; no database is opened.</summary>
internal sealed class DesignTimeDatabase : IDesignTimeDbContextFactory<OgpBotDb>
{
    public OgpBotDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<OgpBotDb>();
        new SqliteDatabase("Data Source=design.db").Configure(options);
        return new OgpBotDb(options.Options);
    }
}
