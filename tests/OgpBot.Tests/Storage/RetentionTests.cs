using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;
using OgpBot.Storage.Sqlite;

namespace OgpBot.Tests.Storage;

/// <summary>Every text that is kept says how long.</summary>
public sealed class RetentionTests
{
    [Fact]
    public void Each_text_column_declares_how_long_it_is_kept()
    {
        var texts = Columns().ToList();

        texts.Where(column => !Enum.TryParse<Retention>(column.Retention, out _)).Select(column => column.Name).ShouldBeEmpty();
        texts.Count.ShouldBeGreaterThanOrEqualTo(30);
    }

    /// <summary>What a citizen says is chat until it is filed; a class that promises too long a life must be a decision, not a slip.</summary>
    [Theory]
    [InlineData("activities.text", Retention.Chat)]
    [InlineData("activities.extra", Retention.Chat)]
    [InlineData("conversations.state", Retention.Chat)]
    [InlineData("submissions.problem", Retention.PublicRecord)]
    [InlineData("submission_versions.problem", Retention.PublicRecord)]
    [InlineData("contacts.name", Retention.Contact)]
    [InlineData("contacts.email", Retention.Contact)]
    [InlineData("contacts.phone", Retention.Contact)]
    public void A_citizens_words_are_of_the_class_that_the_notice_tells(string column, Retention retention) =>
        Columns().Single(found => found.Name == column).Retention.ShouldBe(retention.ToString());

    private static IEnumerable<(string Name, string? Retention)> Columns()
    {
        var options = new DbContextOptionsBuilder<OgpBotDb>();
        new SqliteDatabase("Data Source=:memory:").Configure(options);
        using var database = new OgpBotDb(options.Options);
        return [.. database.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()
            .Where(property => property.ClrType == typeof(string) || property.ClrType == typeof(byte[]))
            .Select(property => ($"{entity.GetTableName()}.{property.GetColumnName()}", property.FindAnnotation("OgpBot:Retention")?.Value as string)))];
    }
}
