using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>Documents that answers come from, their paragraphs, and questions that they left open. The index of words is SQLite's own.</summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261121160000_ArchiveDocuments")]
internal sealed class ArchiveDocuments : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "archive_documents",
            table => new
            {
                id = table.Column<string>("TEXT"),
                name = table.Column<string>("TEXT"),
                title = table.Column<string>("TEXT"),
                publisher = table.Column<string>("TEXT", nullable: true),
                date = table.Column<string>("TEXT", nullable: true),
                url = table.Column<string>("TEXT", nullable: true),
                sha256 = table.Column<string>("TEXT"),
                text = table.Column<string>("TEXT"),
                added_at = table.Column<long>("INTEGER"),
                replaced_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table => table.PrimaryKey("PK_archive_documents", row => row.id));
        migrationBuilder.CreateIndex("ix_archive_documents_name", "archive_documents", "name", unique: true, filter: "replaced_at IS NULL");

        migrationBuilder.CreateTable(
            "archive_passages",
            table => new
            {
                id = table.Column<long>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                document_id = table.Column<string>("TEXT"),
                seq = table.Column<int>("INTEGER"),
                section = table.Column<string>("TEXT"),
                page = table.Column<int>("INTEGER", nullable: true),
                text = table.Column<string>("TEXT"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_archive_passages", row => row.id);
                table.ForeignKey("FK_archive_passages_archive_documents_document_id", row => row.document_id, "archive_documents", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_archive_passages_seq", "archive_passages", ["document_id", "seq"], unique: true);

        migrationBuilder.CreateTable(
            "open_questions",
            table => new
            {
                id = table.Column<string>("TEXT"),
                question = table.Column<string>("TEXT"),
                language = table.Column<string>("TEXT"),
                why = table.Column<string>("TEXT"),
                asked_on = table.Column<DateOnly>("TEXT"),
            },
            constraints: table => table.PrimaryKey("PK_open_questions", row => row.id));

        // EF Core knows no virtual tables. Its tokenizer only has to cut at blanks, for terms are folded and stemmed before they come here.
        migrationBuilder.Sql("CREATE VIRTUAL TABLE archive_terms USING fts5(terms, tokenize='ascii')");
    }
}
