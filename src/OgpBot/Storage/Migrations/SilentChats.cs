using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>Until when a channel asked that nothing be sent to a conversation.</summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261130014007_SilentChats")]
internal sealed class SilentChats : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.AddColumn<long>("silent_until", "conversations", "INTEGER", nullable: true);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropColumn("silent_until", "conversations");
}
