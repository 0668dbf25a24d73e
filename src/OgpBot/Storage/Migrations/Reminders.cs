using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>Who wants to be told before a draft is erased.</summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261121210000_Reminders")]
internal sealed class Reminders : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "reminders",
            table => new
            {
                id = table.Column<string>("TEXT"),
                conversation_id = table.Column<string>("TEXT"),
                asked_at = table.Column<long>("INTEGER"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_reminders", row => row.id);
                table.ForeignKey("FK_reminders_conversations_conversation_id", row => row.conversation_id, "conversations", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_reminders_conversation", "reminders", "conversation_id");
    }
}
