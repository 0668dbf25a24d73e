using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>The queue of the desk: how many submissions are alike, and the index of their words. Triggers keep both, whoever writes.</summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261130151421_SubmissionQueue")]
internal sealed class SubmissionQueue : Migration
{
    private const string Dimensions = "axis, borough, scope, review_state, channel, has_doubt, assigned_to";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("search_id", "submissions", "INTEGER", nullable: true);
        migrationBuilder.Sql("UPDATE submissions SET search_id = rowid");
        migrationBuilder.CreateIndex("ix_submissions_dimensions", "submissions", ["axis", "borough", "scope", "review_state", "channel", "has_doubt", "assigned_to", "id"]);
        migrationBuilder.CreateIndex("ix_submissions_search", "submissions", ["search_id", "axis", "borough", "scope", "review_state", "channel", "has_doubt", "assigned_to"]);
        Count(migrationBuilder);
        Search(migrationBuilder);
    }

    // A row for each combination that there is. What is not set is '' there: a primary key takes no two null for the same.
    private static void Count(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            $"""
            CREATE TABLE submission_counts (
                axis TEXT NOT NULL, borough TEXT NOT NULL, scope TEXT NOT NULL, review_state INTEGER NOT NULL, channel TEXT NOT NULL, has_doubt INTEGER NOT NULL,
                assigned_to TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY ({Dimensions})) WITHOUT ROWID
            """);
        migrationBuilder.Sql($"INSERT INTO submission_counts SELECT {Values("submissions")}, count(*) FROM submissions GROUP BY {Dimensions}");
        migrationBuilder.Sql("CREATE TABLE submission_counts_version (version INTEGER NOT NULL)");
        migrationBuilder.Sql("INSERT INTO submission_counts_version VALUES (0)");
        migrationBuilder.Sql($"CREATE TRIGGER submission_counts_insert AFTER INSERT ON submissions BEGIN {More} {Changed} END");
        migrationBuilder.Sql($"CREATE TRIGGER submission_counts_delete AFTER DELETE ON submissions BEGIN {Less} {Changed} END");
        migrationBuilder.Sql(
            $"""
            CREATE TRIGGER submission_counts_update AFTER UPDATE OF axis, borough, scope, review_state, channel, checks, assigned_to ON submissions
            WHEN ({Values("old")}) <> ({Values("new")}) BEGIN {Less} {More} {Changed} END
            """);
    }

    // What is to be indexed is listed here; the program stems Spanish, and follows. The index keeps no text, only which word is where.
    private static void Search(MigrationBuilder migrationBuilder)
    {
        const string List = "INSERT INTO submissions_unindexed(submission_id) VALUES (new.id);";
        migrationBuilder.Sql("CREATE VIRTUAL TABLE submission_terms USING fts5(terms, tokenize='ascii', content='', contentless_delete=1, detail=none)");
        migrationBuilder.Sql("CREATE TABLE submissions_unindexed (seq INTEGER PRIMARY KEY AUTOINCREMENT, submission_id TEXT NOT NULL)");
        migrationBuilder.Sql("INSERT INTO submissions_unindexed(submission_id) SELECT id FROM submissions ORDER BY id");
        migrationBuilder.Sql(
            $"""
            CREATE TRIGGER submission_terms_insert AFTER INSERT ON submissions BEGIN
                UPDATE submissions SET search_id = (SELECT coalesce(max(search_id), 0) + 1 FROM submissions) WHERE id = new.id;
                {List}
            END
            """);
        migrationBuilder.Sql(
            $"""
            CREATE TRIGGER submission_terms_update AFTER UPDATE OF problem, proposal, place ON submissions
            WHEN old.problem <> new.problem OR old.proposal IS NOT new.proposal OR old.place IS NOT new.place BEGIN {List} END
            """);
        migrationBuilder.Sql(
            """
            CREATE TRIGGER submission_terms_delete AFTER DELETE ON submissions BEGIN
                DELETE FROM submission_terms WHERE rowid = old.search_id;
                DELETE FROM submissions_unindexed WHERE submission_id = old.id;
            END
            """);
    }

    private static string More => $"INSERT INTO submission_counts VALUES ({Values("new")}, 1) ON CONFLICT ({Dimensions}) DO UPDATE SET n = n + 1;";

    private static string Less =>
        $"""
        UPDATE submission_counts SET n = n - 1 WHERE ({Dimensions}) = ({Values("old")});
        DELETE FROM submission_counts WHERE ({Dimensions}) = ({Values("old")}) AND n = 0;
        """;

    // Who keeps a copy of the counts sees by this that it is old.
    private const string Changed = "UPDATE submission_counts_version SET version = version + 1;";

    private static string Values(string row) =>
        $"coalesce({row}.axis, ''), coalesce({row}.borough, ''), {row}.scope, {row}.review_state, {row}.channel, {row}.has_doubt, coalesce({row}.assigned_to, '')";
}
