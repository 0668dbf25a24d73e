using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>A city's own fields of a submission, of its versions and of contact data, as JSON.</summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261130122128_OwnFields")]
internal sealed class OwnFields : Migration
{
    private static readonly string[] Tables = ["submissions", "submission_versions", "contacts"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.AddColumn<string>("own_fields", table, "TEXT", nullable: true);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var table in Tables)
        {
            migrationBuilder.DropColumn("own_fields", table);
        }
    }
}
