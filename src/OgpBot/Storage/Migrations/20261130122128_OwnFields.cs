using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OgpBot.Storage.Migrations
{
    /// <inheritdoc />
    public partial class OwnFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "own_fields",
                table: "submissions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "own_fields",
                table: "submission_versions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "own_fields",
                table: "contacts",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "own_fields",
                table: "submissions");

            migrationBuilder.DropColumn(
                name: "own_fields",
                table: "submission_versions");

            migrationBuilder.DropColumn(
                name: "own_fields",
                table: "contacts");
        }
    }
}
