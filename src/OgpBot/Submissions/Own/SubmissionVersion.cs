using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Submissions.Own;

/// <summary>How a submission stood until its citizen corrected it.</summary>
public sealed class SubmissionVersion
{
    public required string SubmissionId { get; init; }

    /// <summary>From 1.</summary>
    public int Number { get; init; }

    /// <summary>Until when it stood so.</summary>
    public DateTimeOffset Until { get; init; }

    public string? Axis { get; init; }

    public required string Scope { get; init; }

    public string? Borough { get; init; }

    public string? Place { get; init; }

    public required string Problem { get; init; }

    public string? Proposal { get; init; }

    public string? Checks { get; init; }

    public string? OwnFields { get; init; }

    internal static SubmissionVersion Of(Submission submission, int number, DateTimeOffset until) => new()
    {
        SubmissionId = submission.Id,
        Number = number,
        Until = until,
        Axis = submission.Axis,
        Scope = submission.Scope,
        Borough = submission.Borough,
        Place = submission.Place,
        Problem = submission.Problem,
        Proposal = submission.Proposal,
        Checks = submission.Checks,
        OwnFields = submission.OwnFields,
    };
}

internal sealed class SubmissionVersionMapping : IEntityTypeConfiguration<SubmissionVersion>
{
    public void Configure(EntityTypeBuilder<SubmissionVersion> builder)
    {
        builder.ToTable("submission_versions").HasKey(version => new { version.SubmissionId, version.Number });
        builder.HasOne<Submission>().WithMany().HasForeignKey(version => version.SubmissionId);
        builder.Property(version => version.SubmissionId).Keep(Retention.Technical);
        builder.Property(version => version.Axis).Keep(Retention.PublicRecord);
        builder.Property(version => version.Scope).Keep(Retention.PublicRecord);
        builder.Property(version => version.Borough).Keep(Retention.PublicRecord);
        builder.Property(version => version.Place).Keep(Retention.PublicRecord);
        builder.Property(version => version.Problem).Keep(Retention.PublicRecord);
        builder.Property(version => version.Proposal).Keep(Retention.PublicRecord);
        builder.Property(version => version.Checks).Keep(Retention.PublicRecord);
        builder.Property(version => version.OwnFields).Keep(Retention.PublicRecord);
    }
}
