using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OgpBot.Storage.Migrations
{
    /// <inheritdoc />
    public partial class SilentChats : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "silent_until",
                table: "conversations",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "silent_until",
                table: "conversations");
        }
    }
}
