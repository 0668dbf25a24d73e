using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Submissions;

namespace OgpBot.Staff.Judging;

/// <summary>What one reader says of one criterion of a submission. A later word of the same reader takes its place.</summary>
public sealed class Judgement
{
    public required string SubmissionId { get; init; }

    public required string StaffId { get; init; }

    /// <summary>The id of a criterion of the consultation.</summary>
    public required string Criterion { get; init; }

    public Verdict Verdict { get; set; }

    /// <summary>Why, in a sentence.</summary>
    public required string Why { get; set; }

    public DateTimeOffset At { get; set; }
}

/// <summary>Whether a criterion is met.</summary>
public enum Verdict
{
    Met = 0,
    NotMet = 1,
    CannotSay = 2,
}

/// <summary>What a reader must not judge: because of an interest that she declared, or because she left one out with a reason.</summary>
public sealed class Recusal
{
    public required string Id { get; init; }

    public required string StaffId { get; init; }

    public RecusalKind Kind { get; init; }

    /// <summary>An axis' id, the name of a body that takes part in axes, or a folio.</summary>
    public required string Value { get; init; }

    public required string Why { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Whether the person must leave a submission to others.</summary>
    internal bool Covers(Submission submission, Consultation consultation) => Kind switch
    {
        RecusalKind.Axis => submission.Axis == Value,
        RecusalKind.Body => consultation.Axes.Any(axis => axis.Id == submission.Axis && axis.ForeseenBodies.Contains(Value)),
        _ => submission.Folio == Value,
    };
}

/// <summary>What a recusal is about.</summary>
public enum RecusalKind
{
    Axis = 0,
    Body = 1,
    Folio = 2,
}

internal sealed class JudgementMapping : IEntityTypeConfiguration<Judgement>
{
    public void Configure(EntityTypeBuilder<Judgement> builder)
    {
        builder.ToTable("judgements").HasKey(judgement => new { judgement.SubmissionId, judgement.StaffId, judgement.Criterion });
        builder.HasOne<Submission>().WithMany().HasForeignKey(judgement => judgement.SubmissionId);
        builder.HasIndex(judgement => judgement.StaffId).HasDatabaseName("ix_judgements_staff_id");
        builder.Property(judgement => judgement.SubmissionId).Keep(Retention.Technical);
        builder.Property(judgement => judgement.StaffId).Keep(Retention.Staff);
        builder.Property(judgement => judgement.Criterion).Keep(Retention.Technical);
        builder.Property(judgement => judgement.Why).Keep(Retention.Staff);
    }
}

internal sealed class RecusalMapping : IEntityTypeConfiguration<Recusal>
{
    public void Configure(EntityTypeBuilder<Recusal> builder)
    {
        builder.ToTable("recusals").HasKey(recusal => recusal.Id);
        builder.HasIndex(recusal => recusal.StaffId).HasDatabaseName("ix_recusals_staff_id");
        builder.Property(recusal => recusal.Id).Keep(Retention.Technical);
        builder.Property(recusal => recusal.StaffId).Keep(Retention.Staff);
        builder.Property(recusal => recusal.Value).Keep(Retention.Staff);
        builder.Property(recusal => recusal.Why).Keep(Retention.Staff);
    }
}
