using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>What a citizen may do with what she filed: correct it, with its earlier versions kept, and withdraw it; and how often a key was guessed at.</summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261121200000_SubmissionRights")]
internal sealed class SubmissionRights : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("corrected_at", "submissions", "INTEGER", nullable: true);
        migrationBuilder.AddColumn<long>("withdrawn_at", "submissions", "INTEGER", nullable: true);

        migrationBuilder.CreateTable(
            "submission_versions",
            table => new
            {
                submission_id = table.Column<string>("TEXT"),
                number = table.Column<int>("INTEGER"),
                until = table.Column<long>("INTEGER"),
                axis = table.Column<string>("TEXT", nullable: true),
                scope = table.Column<string>("TEXT"),
                borough = table.Column<string>("TEXT", nullable: true),
                place = table.Column<string>("TEXT", nullable: true),
                problem = table.Column<string>("TEXT"),
                proposal = table.Column<string>("TEXT", nullable: true),
                checks = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_submission_versions", row => new { row.submission_id, row.number });
                table.ForeignKey(
                    "FK_submission_versions_submissions_submission_id", row => row.submission_id, "submissions", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "key_tries",
            table => new
            {
                folio = table.Column<string>("TEXT"),
                hour = table.Column<long>("INTEGER"),
                wrong = table.Column<int>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_key_tries", row => new { row.folio, row.hour }));
        migrationBuilder.CreateIndex("ix_key_tries_hour", "key_tries", "hour");
    }
}
