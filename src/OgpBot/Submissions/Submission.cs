using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Submissions;

/// <summary>What a citizen filed: a public problem and perhaps a proposal. Only she may correct it, before its review starts; what stood before is kept (<see cref="Own.SubmissionVersion"/>).</summary>
public sealed class Submission
{
    /// <summary>Sorts by time, so an export can go on after the last one that it wrote.</summary>
    public required string Id { get; init; }

    public required string Folio { get; init; }

    /// <summary>Who filed it; <see cref="Citizen.Nobody"/> where she had that erased.</summary>
    public required string CitizenId { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public required string Consultation { get; init; }

    public required string Channel { get; init; }

    public required string Language { get; init; }

    /// <summary>The main axis; null where the citizen was not sure.</summary>
    public string? Axis { get; init; }

    /// <summary>Axes that it also touches, separated by commas; filled by reviewers.</summary>
    public string? TransversalAxes { get; init; }

    public required string Scope { get; init; }

    /// <summary>Null for the whole city.</summary>
    public string? Borough { get; init; }

    public string? Place { get; init; }

    public required string Problem { get; init; }

    public string? Proposal { get; init; }

    /// <summary>How far the review has come, as staff see it.</summary>
    public ReviewState ReviewState { get; init; }

    /// <summary>How far it has come as the citizen was told: a decision and its publication are two acts.</summary>
    public ReviewState ToldState { get; init; }

    /// <summary>Since when it is in its state; null: since it was received.</summary>
    public DateTimeOffset? StateAt { get; init; }

    /// <summary>The id of the person of the staff who sees to it; null: nobody in particular.</summary>
    public string? AssignedTo { get; init; }

    /// <summary>The folio of the submission that this one says again; it keeps a folio and an answer of its own.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>How many people have judged it.</summary>
    public int Judged { get; init; }

    /// <summary>Whether it is one of the texts on which readers first try how far they agree.</summary>
    public bool IsPilot { get; init; }

    /// <summary>Whether a check of a criterion left a mark (<see cref="Checks"/>). The database reckons it.</summary>
    public bool HasDoubt { get; init; }

    /// <summary>Its number in the index of words, in the order of arrival; the database gives it.</summary>
    public long? SearchId { get; init; }

    /// <summary>The payload of the link by which the citizen came, such as a poster's; at most 64 characters.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// What the criteria checks found in its texts and what the citizen said to it, as JSON: a mark for reviewers, never in open data, never an order or a
    /// filter of theirs.
    /// </summary>
    public string? Checks { get; init; }

    /// <summary>The folio of an earlier submission of the same citizen that this one adds to.</summary>
    public string? AddsTo { get; init; }

    /// <summary>What the citizen also said in the chat and no question took; she saw it before she sent the submission.</summary>
    public string? AlsoSaid { get; init; }

    /// <summary>A city's own fields, as JSON (<see cref="Filing.FieldValues"/>).</summary>
    public string? OwnFields { get; init; }

    /// <summary>When the citizen corrected it last.</summary>
    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>When the citizen withdrew it.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }
}

/// <summary>How far the review has come. <c>review/rules.yaml</c> says which moves there are. The numbers are stored: they never change.</summary>
public enum ReviewState
{
    Received = 0,

    /// <summary>
    /// The citizen took it back: it is not reviewed, is no part of the plan and is never published. Its text stays in the record, so that what came in can still be
    /// counted.
    /// </summary>
    Withdrawn = 1,

    /// <summary>People read it.</summary>
    InReview = 2,

    /// <summary>The citizen is asked to change something. What she corrects comes back to who asked.</summary>
    NeedsChanges = 3,

    Selected = 4,

    NotSelected = 5,

    /// <summary>Another submission says the same, and the two are linked.</summary>
    DuplicateOf = 6,

    /// <summary>A cocreation table works on it.</summary>
    AtTable = 7,

    /// <summary>It is part of a commitment of the plan.</summary>
    InCommitment = 8,

    Closed = 9,
}

internal sealed class SubmissionMapping : IEntityTypeConfiguration<Submission>
{
    // As the marks are written: each names its criterion.
    internal const string DoubtSql = "checks IS NOT NULL AND checks LIKE '%\"criterion\":%'";

    public void Configure(EntityTypeBuilder<Submission> builder)
    {
        builder.ToTable("submissions").HasKey(submission => submission.Id);
        builder.HasIndex(submission => submission.Folio).IsUnique().HasDatabaseName("ix_submissions_folio");
        builder.HasOne<Citizen>().WithMany().HasForeignKey(submission => submission.CitizenId);
        builder.Property(submission => submission.Id).Keep(Retention.Technical);
        builder.Property(submission => submission.Folio).Keep(Retention.Technical);
        builder.Property(submission => submission.CitizenId).Keep(Retention.Technical);
        builder.Property(submission => submission.Consultation).Keep(Retention.Technical);
        builder.Property(submission => submission.Channel).Keep(Retention.Technical);
        builder.Property(submission => submission.Language).Keep(Retention.Technical);
        builder.Property(submission => submission.Axis).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.TransversalAxes).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.Scope).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.Borough).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.Place).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.Problem).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.Proposal).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.Source).Keep(Retention.Technical);
        builder.Property(submission => submission.Checks).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.AddsTo).Keep(Retention.Technical);
        builder.Property(submission => submission.AlsoSaid).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.OwnFields).Keep(Retention.PublicRecord);
        builder.Property(submission => submission.AssignedTo).Keep(Retention.Staff);
        builder.Property(submission => submission.DuplicateOf).Keep(Retention.Technical);
        builder.Property(submission => submission.ToldState).HasDefaultValue(ReviewState.Received);
        builder.Property(submission => submission.Judged).HasDefaultValue(0);
        builder.Property(submission => submission.IsPilot).HasDefaultValue(false);
        builder.Property(submission => submission.HasDoubt).HasComputedColumnSql(DoubtSql, stored: false);
        builder.HasIndex(submission => new { submission.ReviewState, submission.Id }).HasDatabaseName("ix_submissions_review_state");
        builder.HasIndex(submission => new { submission.Axis, submission.Id }).HasDatabaseName("ix_submissions_axis");
        builder.HasIndex(submission => new { submission.Borough, submission.Id }).HasDatabaseName("ix_submissions_borough");
        builder.HasIndex(submission => new { submission.AssignedTo, submission.Id }).HasDatabaseName("ix_submissions_assigned_to").HasFilter("assigned_to IS NOT NULL");

        // What the queue is filtered by, beside the id and beside the number of a search: few rows among many are found, and many are counted, without their texts.
        builder.HasIndex(submission => new
        {
            submission.Axis,
            submission.Borough,
            submission.Scope,
            submission.ReviewState,
            submission.Channel,
            submission.HasDoubt,
            submission.AssignedTo,
            submission.Id,
        }).HasDatabaseName("ix_submissions_dimensions");
        builder.HasIndex(submission => new
        {
            submission.SearchId,
            submission.Axis,
            submission.Borough,
            submission.Scope,
            submission.ReviewState,
            submission.Channel,
            submission.HasDoubt,
            submission.AssignedTo,
        }).HasDatabaseName("ix_submissions_search");
    }
}
