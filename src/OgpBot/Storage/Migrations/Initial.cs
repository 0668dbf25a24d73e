using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>
/// The first schema. Migrations are written by hand, since the design-time package is not to be had; a test proves that a migrated schema
/// equals the model's.
/// </summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261121000000_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "citizens",
            table => new { id = table.Column<string>("TEXT") },
            constraints: table => table.PrimaryKey("PK_citizens", row => row.id));

        migrationBuilder.CreateTable(
            "conversations",
            table => new
            {
                id = table.Column<string>("TEXT"),
                channel = table.Column<string>("TEXT"),
                citizen_id = table.Column<string>("TEXT"),
                address = table.Column<string>("TEXT", nullable: true),
                blocked_at = table.Column<long>("INTEGER", nullable: true),
                language = table.Column<string>("TEXT"),
                version = table.Column<long>("INTEGER"),
                state = table.Column<string>("TEXT", nullable: true),
                created_at = table.Column<long>("INTEGER"),
                active_at = table.Column<long>("INTEGER"),
                erased_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_conversations", row => row.id);
                table.ForeignKey("FK_conversations_citizens_citizen_id", row => row.citizen_id, "citizens", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "submissions",
            table => new
            {
                id = table.Column<string>("TEXT"),
                folio = table.Column<string>("TEXT"),
                citizen_id = table.Column<string>("TEXT"),
                received_at = table.Column<long>("INTEGER"),
                consultation = table.Column<string>("TEXT"),
                channel = table.Column<string>("TEXT"),
                language = table.Column<string>("TEXT"),
                axis = table.Column<string>("TEXT", nullable: true),
                transversal_axes = table.Column<string>("TEXT", nullable: true),
                scope = table.Column<string>("TEXT"),
                borough = table.Column<string>("TEXT", nullable: true),
                place = table.Column<string>("TEXT", nullable: true),
                problem = table.Column<string>("TEXT"),
                proposal = table.Column<string>("TEXT", nullable: true),
                review_state = table.Column<int>("INTEGER"),
                source = table.Column<string>("TEXT", nullable: true),
                checks = table.Column<string>("TEXT", nullable: true),
                adds_to = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_submissions", row => row.id);
                table.ForeignKey("FK_submissions_citizens_citizen_id", row => row.citizen_id, "citizens", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "activities",
            table => new
            {
                conversation_id = table.Column<string>("TEXT"),
                seq = table.Column<int>("INTEGER"),
                incoming = table.Column<bool>("INTEGER"),
                client_id = table.Column<string>("TEXT", nullable: true),
                reply_to = table.Column<int>("INTEGER", nullable: true),
                kind = table.Column<int>("INTEGER"),
                text = table.Column<string>("TEXT", nullable: true),
                extra = table.Column<string>("TEXT", nullable: true),
                delivery = table.Column<int>("INTEGER", nullable: true),
                sent_as = table.Column<long>("INTEGER", nullable: true),
                at = table.Column<long>("INTEGER"),
                done_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_activities", row => new { row.conversation_id, row.seq });
                table.ForeignKey(
                    "FK_activities_conversations_conversation_id", row => row.conversation_id, "conversations", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "consents",
            table => new
            {
                id = table.Column<string>("TEXT"),
                citizen_id = table.Column<string>("TEXT"),
                conversation_id = table.Column<string>("TEXT"),
                notice_version = table.Column<string>("TEXT"),
                accepted = table.Column<bool>("INTEGER"),
                at = table.Column<long>("INTEGER"),
                erased_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_consents", row => row.id);
                table.ForeignKey("FK_consents_citizens_citizen_id", row => row.citizen_id, "citizens", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey(
                    "FK_consents_conversations_conversation_id", row => row.conversation_id, "conversations", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "contacts",
            table => new
            {
                submission_id = table.Column<string>("TEXT"),
                name = table.Column<string>("TEXT", nullable: true),
                email = table.Column<string>("TEXT", nullable: true),
                phone = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_contacts", row => row.submission_id);
                table.ForeignKey("FK_contacts_submissions_submission_id", row => row.submission_id, "submissions", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateIndex("ix_activities_client_id", "activities", ["conversation_id", "client_id"], unique: true, filter: "client_id IS NOT NULL");
        migrationBuilder.CreateIndex("ix_activities_unfinished", "activities", ["conversation_id", "seq"], filter: "incoming AND done_at IS NULL");
        migrationBuilder.CreateIndex("ix_activities_outbox", "activities", "conversation_id", filter: "delivery = 0");
        migrationBuilder.CreateIndex("ix_conversations_address", "conversations", ["channel", "address"], unique: true, filter: "address IS NOT NULL");
        migrationBuilder.CreateIndex("IX_consents_citizen_id", "consents", "citizen_id");
        migrationBuilder.CreateIndex("IX_consents_conversation_id", "consents", "conversation_id");
        migrationBuilder.CreateIndex("IX_conversations_citizen_id", "conversations", "citizen_id");
        migrationBuilder.CreateIndex("ix_conversations_active_at", "conversations", "active_at", filter: "erased_at IS NULL");
        migrationBuilder.CreateIndex("IX_submissions_citizen_id", "submissions", "citizen_id");
        migrationBuilder.CreateIndex("ix_submissions_folio", "submissions", "folio", unique: true);
    }
}
