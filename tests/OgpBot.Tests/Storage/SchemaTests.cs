using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;
using OgpBot.Storage.Sqlite;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Storage;

/// <summary>The first migrations were written by hand, later ones by <c>dotnet ef</c>; together they must give what the model says.</summary>
public sealed partial class SchemaTests
{
    [Fact]
    public async Task The_migrated_schema_is_that_of_the_model()
    {
        using var folder = new TemporaryFolder();
        var (migrated, created) = (folder.File("migrated.db"), folder.File("created.db"));
        await using (var database = Open(migrated))
        {
            await database.Database.MigrateAsync(TestContext.Current.CancellationToken);
        }

        await using (var database = Open(created))
        {
            await database.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        }

        var schema = await SchemaAsync(migrated);
        schema.ShouldBe(await SchemaAsync(created));
        schema.Count(part => part.StartsWith("table ", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(6);
    }

    [Fact]
    public void No_change_of_the_model_is_without_a_migration()
    {
        using var database = Open("never-opened.db");

        database.Database.HasPendingModelChanges().ShouldBeFalse("run: dotnet ef migrations add NAME --project src/OgpBot --output-dir Storage/Migrations");
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("twice.db");
        await using var database = Open(path);
        await database.Database.MigrateAsync(TestContext.Current.CancellationToken);
        var once = await SchemaAsync(path);

        await database.Database.MigrateAsync(TestContext.Current.CancellationToken);

        (await SchemaAsync(path)).ShouldBe(once);
        (await database.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PRAGMA journal_mode", "wal")]
    [InlineData("PRAGMA synchronous", "2")]
    [InlineData("PRAGMA foreign_keys", "1")]
    [InlineData("PRAGMA secure_delete", "1")]
    public void The_writer_keeps_what_the_settings_promise(string pragma, string value)
    {
        using var folder = new TemporaryFolder();
        using var connection = new SqliteDatabase($"Data Source={folder.File("pragma.db")};Pooling=False").OpenWriter();
        using var command = connection.CreateCommand();
        command.CommandText = pragma;

        Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture).ShouldBe(value);
    }

    private static OgpBotDb Open(string path)
    {
        var options = new DbContextOptionsBuilder<OgpBotDb>();
        new SqliteDatabase($"Data Source={path};Pooling=False").Configure(options);
        return new OgpBotDb(options.Options);
    }

    // Tables and indexes but those of the migrations themselves, and the indexes of words and the counts of the queue, which no model knows; blanks, quotes and the order of columns' words count, the place of a line does not.
    private static async Task<List<string>> SchemaAsync(string path)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE 'archive\\_terms%' ESCAPE '\\' AND name NOT LIKE 'submission\\_terms%' ESCAPE '\\' AND name NOT LIKE 'submission\\_counts%' ESCAPE '\\' AND name <> 'submissions_unindexed' ORDER BY type, name";
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var schema = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            schema.Add($"{rows.GetString(0)} {rows.GetString(1)} on {rows.GetString(2)}: {Normalised(rows.GetString(3))}");
        }

        return schema;
    }

    // The model lists a table's columns by name, a migration as people read them.
    private static string Normalised(string sql)
    {
        var plain = Blanks().Replace(sql, " ").Trim();
        if (!plain.StartsWith("CREATE TABLE", StringComparison.Ordinal))
        {
            return plain;
        }

        var open = plain.IndexOf('(', StringComparison.Ordinal);
        var parts = Between().Split(plain[(open + 1)..plain.LastIndexOf(')')]).Select(part => part.Trim()).Order(StringComparer.Ordinal);
        return $"{plain[..open]}({string.Join(", ", parts)})";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    // A comma that is not inside brackets.
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Between();
}
