using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;
using OgpBot.Submissions;

namespace OgpBot.Staff.Desk;

/// <summary>What staff wrote of a submission for one another. The citizen never reads it.</summary>
public sealed class StaffNote
{
    /// <summary>Sorts by time.</summary>
    public required string Id { get; init; }

    public required string SubmissionId { get; init; }

    public required string By { get; init; }

    /// <summary>It may name colleagues by <c>@</c> and user name.</summary>
    public required string Text { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class StaffNoteMapping : IEntityTypeConfiguration<StaffNote>
{
    public void Configure(EntityTypeBuilder<StaffNote> builder)
    {
        builder.ToTable("staff_notes").HasKey(note => note.Id);
        builder.HasOne<Submission>().WithMany().HasForeignKey(note => note.SubmissionId);
        builder.HasIndex(note => note.SubmissionId).HasDatabaseName("ix_staff_notes_submission_id");
        builder.Property(note => note.Id).Keep(Retention.Technical);
        builder.Property(note => note.SubmissionId).Keep(Retention.Technical);
        builder.Property(note => note.By).Keep(Retention.Staff);
        builder.Property(note => note.Text).Keep(Retention.Staff);
    }
}
