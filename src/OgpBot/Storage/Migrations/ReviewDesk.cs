using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace OgpBot.Storage.Migrations;

/// <summary>The review desk: its people, states and decisions, what citizens are told, judgements, notes, switches and the audit.</summary>
[DbContext(typeof(OgpBotDb))]
[Migration("20261130145709_ReviewDesk")]
internal sealed class ReviewDesk : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<string>("assigned_to", "submissions", "TEXT", nullable: true);
        migrationBuilder.AddColumn<string>("duplicate_of", "submissions", "TEXT", nullable: true);
        migrationBuilder.AddColumn<bool>("is_pilot", "submissions", "INTEGER", nullable: false, defaultValue: false);
        migrationBuilder.AddColumn<int>("judged", "submissions", "INTEGER", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<long>("state_at", "submissions", "INTEGER", nullable: true);
        migrationBuilder.AddColumn<int>("told_state", "submissions", "INTEGER", nullable: false, defaultValue: 0);
        migrationBuilder.AddColumn<bool>("has_doubt", "submissions", "INTEGER", computedColumnSql: "checks IS NOT NULL AND checks LIKE '%\"criterion\":%'", stored: false);
        migrationBuilder.Sql("UPDATE submissions SET told_state = review_state");

        migrationBuilder.CreateTable(
            "audit",
            table => new
            {
                seq = table.Column<long>("INTEGER"),
                at = table.Column<long>("INTEGER"),
                who = table.Column<string>("TEXT"),
                by_machine = table.Column<bool>("INTEGER"),
                act = table.Column<string>("TEXT"),
                subject = table.Column<string>("TEXT", nullable: true),
                from = table.Column<string>("TEXT", nullable: true),
                to = table.Column<string>("TEXT", nullable: true),
                why = table.Column<string>("TEXT", nullable: true),
                hash = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("PK_audit", row => row.seq));

        migrationBuilder.CreateTable(
            "decisions",
            table => new
            {
                id = table.Column<string>("TEXT"),
                submission_id = table.Column<string>("TEXT"),
                from = table.Column<int>("INTEGER"),
                to = table.Column<int>("INTEGER"),
                reason = table.Column<string>("TEXT", nullable: true),
                words = table.Column<string>("TEXT", nullable: true),
                duplicate_of = table.Column<string>("TEXT", nullable: true),
                by = table.Column<string>("TEXT", nullable: true),
                at = table.Column<long>("INTEGER"),
                published_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_decisions", row => row.id);
                table.ForeignKey("FK_decisions_submissions_submission_id", row => row.submission_id, "submissions", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "judgements",
            table => new
            {
                submission_id = table.Column<string>("TEXT"),
                staff_id = table.Column<string>("TEXT"),
                criterion = table.Column<string>("TEXT"),
                verdict = table.Column<int>("INTEGER"),
                why = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_judgements", row => new { row.submission_id, row.staff_id, row.criterion });
                table.ForeignKey("FK_judgements_submissions_submission_id", row => row.submission_id, "submissions", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "notice_refusals",
            table => new
            {
                citizen_id = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_notice_refusals", row => row.citizen_id);
                table.ForeignKey("FK_notice_refusals_citizens_citizen_id", row => row.citizen_id, "citizens", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "notices",
            table => new
            {
                id = table.Column<string>("TEXT"),
                submission_id = table.Column<string>("TEXT"),
                text = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
                outcome = table.Column<int>("INTEGER"),
                conversation_id = table.Column<string>("TEXT", nullable: true),
                seq = table.Column<int>("INTEGER", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_notices", row => row.id);
                table.ForeignKey("FK_notices_submissions_submission_id", row => row.submission_id, "submissions", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "recusals",
            table => new
            {
                id = table.Column<string>("TEXT"),
                staff_id = table.Column<string>("TEXT"),
                kind = table.Column<int>("INTEGER"),
                value = table.Column<string>("TEXT"),
                why = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_recusals", row => row.id));

        migrationBuilder.CreateTable(
            "review_messages",
            table => new
            {
                id = table.Column<string>("TEXT"),
                submission_id = table.Column<string>("TEXT"),
                by = table.Column<string>("TEXT", nullable: true),
                text = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_review_messages", row => row.id);
                table.ForeignKey("FK_review_messages_submissions_submission_id", row => row.submission_id, "submissions", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "saved_filters",
            table => new
            {
                staff_id = table.Column<string>("TEXT"),
                name = table.Column<string>("TEXT"),
                query = table.Column<string>("TEXT"),
            },
            constraints: table => table.PrimaryKey("PK_saved_filters", row => new { row.staff_id, row.name }));

        migrationBuilder.CreateTable(
            "staff",
            table => new
            {
                id = table.Column<string>("TEXT"),
                role = table.Column<int>("INTEGER"),
                display_name = table.Column<string>("TEXT", nullable: true),
                created_at = table.Column<long>("INTEGER"),
                disabled_at = table.Column<long>("INTEGER", nullable: true),
                user_name = table.Column<string>("TEXT", nullable: true),
                normalized_user_name = table.Column<string>("TEXT", nullable: true),
                email = table.Column<string>("TEXT", nullable: true),
                normalized_email = table.Column<string>("TEXT", nullable: true),
                email_confirmed = table.Column<bool>("INTEGER"),
                password_hash = table.Column<string>("TEXT", nullable: true),
                security_stamp = table.Column<string>("TEXT", nullable: true),
                concurrency_stamp = table.Column<string>("TEXT", nullable: true),
                phone_number = table.Column<string>("TEXT", nullable: true),
                phone_number_confirmed = table.Column<bool>("INTEGER"),
                two_factor_enabled = table.Column<bool>("INTEGER"),
                lockout_end = table.Column<long>("INTEGER", nullable: true),
                lockout_enabled = table.Column<bool>("INTEGER"),
                access_failed_count = table.Column<int>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_staff", row => row.id));

        migrationBuilder.CreateTable(
            "staff_notes",
            table => new
            {
                id = table.Column<string>("TEXT"),
                submission_id = table.Column<string>("TEXT"),
                by = table.Column<string>("TEXT"),
                text = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_staff_notes", row => row.id);
                table.ForeignKey("FK_staff_notes_submissions_submission_id", row => row.submission_id, "submissions", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "switches",
            table => new
            {
                name = table.Column<string>("TEXT"),
                reason = table.Column<string>("TEXT"),
                by = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
            },
            constraints: table => table.PrimaryKey("PK_switches", row => row.name));

        migrationBuilder.CreateTable(
            "proposed_solutions",
            table => new
            {
                id = table.Column<string>("TEXT"),
                submission_id = table.Column<string>("TEXT"),
                decision_id = table.Column<string>("TEXT"),
                text = table.Column<string>("TEXT"),
                at = table.Column<long>("INTEGER"),
                left_at = table.Column<long>("INTEGER", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_proposed_solutions", row => row.id);
                table.ForeignKey("FK_proposed_solutions_decisions_decision_id", row => row.decision_id, "decisions", "id", onDelete: ReferentialAction.Cascade);
                table.ForeignKey("FK_proposed_solutions_submissions_submission_id", row => row.submission_id, "submissions", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "staff_claims",
            table => new
            {
                id = table.Column<int>("INTEGER").Annotation("Sqlite:Autoincrement", true),
                user_id = table.Column<string>("TEXT"),
                claim_type = table.Column<string>("TEXT", nullable: true),
                claim_value = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_staff_claims", row => row.id);
                table.ForeignKey("FK_staff_claims_staff_user_id", row => row.user_id, "staff", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "staff_logins",
            table => new
            {
                login_provider = table.Column<string>("TEXT"),
                provider_key = table.Column<string>("TEXT"),
                provider_display_name = table.Column<string>("TEXT", nullable: true),
                user_id = table.Column<string>("TEXT"),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_staff_logins", row => new { row.login_provider, row.provider_key });
                table.ForeignKey("FK_staff_logins_staff_user_id", row => row.user_id, "staff", "id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable(
            "staff_tokens",
            table => new
            {
                user_id = table.Column<string>("TEXT"),
                login_provider = table.Column<string>("TEXT"),
                name = table.Column<string>("TEXT"),
                value = table.Column<string>("TEXT", nullable: true),
            },
            constraints: table =>
            {
                table.PrimaryKey("PK_staff_tokens", row => new { row.user_id, row.login_provider, row.name });
                table.ForeignKey("FK_staff_tokens_staff_user_id", row => row.user_id, "staff", "id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_submissions_assigned_to", "submissions", ["assigned_to", "id"], filter: "assigned_to IS NOT NULL");
        migrationBuilder.CreateIndex("ix_submissions_axis", "submissions", ["axis", "id"]);
        migrationBuilder.CreateIndex("ix_submissions_borough", "submissions", ["borough", "id"]);
        migrationBuilder.CreateIndex("ix_submissions_review_state", "submissions", ["review_state", "id"]);
        migrationBuilder.CreateIndex("ix_audit_subject", "audit", "subject");
        migrationBuilder.CreateIndex("ix_decisions_submission_id", "decisions", "submission_id");
        migrationBuilder.CreateIndex("ix_decisions_unpublished", "decisions", "at", filter: "published_at IS NULL");
        migrationBuilder.CreateIndex("ix_judgements_staff_id", "judgements", "staff_id");
        migrationBuilder.CreateIndex("ix_notices_submission_id", "notices", "submission_id");
        migrationBuilder.CreateIndex("ix_notices_waiting", "notices", "id", filter: "outcome = 0");
        migrationBuilder.CreateIndex("IX_proposed_solutions_decision_id", "proposed_solutions", "decision_id");
        migrationBuilder.CreateIndex("IX_proposed_solutions_submission_id", "proposed_solutions", "submission_id");
        migrationBuilder.CreateIndex("ix_recusals_staff_id", "recusals", "staff_id");
        migrationBuilder.CreateIndex("ix_review_messages_submission_id", "review_messages", "submission_id");
        migrationBuilder.CreateIndex("ix_staff_user_name", "staff", "normalized_user_name", unique: true);
        migrationBuilder.CreateIndex("IX_staff_claims_user_id", "staff_claims", "user_id");
        migrationBuilder.CreateIndex("IX_staff_logins_user_id", "staff_logins", "user_id");
        migrationBuilder.CreateIndex("ix_staff_notes_submission_id", "staff_notes", "submission_id");
    }
}
