using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>What a citizen said beside the questions of the form.</summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261130060602_AlsoSaid")]
internal sealed class AlsoSaid : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<string>("also_said", "submissions", "TEXT", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("also_said", "submissions");
}
