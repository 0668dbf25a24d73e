using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OgpBot.Storage.Migrations
{
    /// <inheritdoc />
    public partial class AlsoSaid : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "also_said",
                table: "submissions",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "also_said",
                table: "submissions");
        }
    }
}
