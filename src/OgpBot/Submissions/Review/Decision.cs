using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Submissions.Review;

/// <summary>A move of a submission from one state to another, with what the citizen is told. Moves are never changed, only followed by others.</summary>
public sealed class Decision
{
    /// <summary>Sorts by time.</summary>
    public required string Id { get; init; }

    public required string SubmissionId { get; init; }

    public ReviewState From { get; init; }

    public ReviewState To { get; init; }

    /// <summary>The id of a reason of <c>review.yaml</c>; null where the state needs none.</summary>
    public string? Reason { get; init; }

    /// <summary>What staff wrote to the citizen, in her language; null where nothing was added.</summary>
    public string? Words { get; init; }

    /// <summary>The folio of the submission that this one is a duplicate of.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>The id of a person of the staff; null where the citizen or the program moved it.</summary>
    public string? By { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>When it was published: from then on the citizen is told; null: decided and not yet published.</summary>
    public DateTimeOffset? PublishedAt { get; init; }
}

/// <summary>A proposal that was selected with its problem: one of the group of proposed solutions, a record of its own.</summary>
public sealed class ProposedSolution
{
    public required string Id { get; init; }

    public required string SubmissionId { get; init; }

    public required string DecisionId { get; init; }

    /// <summary>As the citizen wrote it when it was selected.</summary>
    public required string Text { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>When the selection was taken back; null: it stands.</summary>
    public DateTimeOffset? LeftAt { get; init; }
}

/// <summary>What is to be told to a citizen of her submission. It becomes a message of her conversation once, whatever stops in between.</summary>
public sealed class Notice
{
    /// <summary>The permanent key: the decision's or the message's id.</summary>
    public required string Id { get; init; }

    public required string SubmissionId { get; init; }

    /// <summary>The key of the text; its values are read when it is told.</summary>
    public required string Text { get; init; }

    public DateTimeOffset At { get; init; }

    public NoticeOutcome Outcome { get; init; }

    /// <summary>The conversation and the number of the activity that brought it; null while it waits.</summary>
    public string? ConversationId { get; init; }

    public int? Seq { get; init; }
}

/// <summary>How far a notice has come.</summary>
public enum NoticeOutcome
{
    /// <summary>It waits: for its turn, or for the end of a pause.</summary>
    Waiting = 0,

    /// <summary>It stands in her conversation. Whether the channel delivered it, the activity knows.</summary>
    Told = 1,

    /// <summary>She wants no notices. She reads it with her folio and key.</summary>
    Refused = 2,

    /// <summary>There is no conversation any more in which she could be told.</summary>
    Unreachable = 3,
}

/// <summary>A citizen who wants no notices.</summary>
public sealed class NoticeRefusal
{
    public required string CitizenId { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>What a citizen and the reviewers wrote to each other about a submission; it is kept with it.</summary>
public sealed class ReviewMessage
{
    /// <summary>Sorts by time.</summary>
    public required string Id { get; init; }

    public required string SubmissionId { get; init; }

    /// <summary>The id of a person of the staff; null: the citizen wrote.</summary>
    public string? By { get; init; }

    public required string Text { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class DecisionMapping : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("decisions").HasKey(decision => decision.Id);
        builder.HasOne<Submission>().WithMany().HasForeignKey(decision => decision.SubmissionId);
        builder.HasIndex(decision => decision.SubmissionId).HasDatabaseName("ix_decisions_submission_id");
        builder.HasIndex(decision => decision.At).HasDatabaseName("ix_decisions_unpublished").HasFilter("published_at IS NULL");
        builder.Property(decision => decision.Id).Keep(Retention.Technical);
        builder.Property(decision => decision.SubmissionId).Keep(Retention.Technical);
        builder.Property(decision => decision.Reason).Keep(Retention.Technical);
        builder.Property(decision => decision.Words).Keep(Retention.PublicRecord);
        builder.Property(decision => decision.DuplicateOf).Keep(Retention.Technical);
        builder.Property(decision => decision.By).Keep(Retention.Staff);
    }
}

internal sealed class ProposedSolutionMapping : IEntityTypeConfiguration<ProposedSolution>
{
    public void Configure(EntityTypeBuilder<ProposedSolution> builder)
    {
        builder.ToTable("proposed_solutions").HasKey(solution => solution.Id);
        builder.HasOne<Submission>().WithMany().HasForeignKey(solution => solution.SubmissionId);
        builder.HasOne<Decision>().WithMany().HasForeignKey(solution => solution.DecisionId);
        builder.Property(solution => solution.Id).Keep(Retention.Technical);
        builder.Property(solution => solution.SubmissionId).Keep(Retention.Technical);
        builder.Property(solution => solution.DecisionId).Keep(Retention.Technical);
        builder.Property(solution => solution.Text).Keep(Retention.PublicRecord);
    }
}

internal sealed class NoticeMapping : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices").HasKey(notice => notice.Id);
        builder.HasOne<Submission>().WithMany().HasForeignKey(notice => notice.SubmissionId);
        builder.HasIndex(notice => notice.SubmissionId).HasDatabaseName("ix_notices_submission_id");
        builder.HasIndex(notice => notice.Id).HasDatabaseName("ix_notices_waiting").HasFilter("outcome = 0");
        builder.Property(notice => notice.Id).Keep(Retention.Technical);
        builder.Property(notice => notice.SubmissionId).Keep(Retention.Technical);
        builder.Property(notice => notice.Text).Keep(Retention.Technical);
        builder.Property(notice => notice.ConversationId).Keep(Retention.Technical);
    }
}

internal sealed class NoticeRefusalMapping : IEntityTypeConfiguration<NoticeRefusal>
{
    public void Configure(EntityTypeBuilder<NoticeRefusal> builder)
    {
        builder.ToTable("notice_refusals").HasKey(refusal => refusal.CitizenId);
        builder.HasOne<Citizen>().WithMany().HasForeignKey(refusal => refusal.CitizenId);
        builder.Property(refusal => refusal.CitizenId).Keep(Retention.Technical);
    }
}

internal sealed class ReviewMessageMapping : IEntityTypeConfiguration<ReviewMessage>
{
    public void Configure(EntityTypeBuilder<ReviewMessage> builder)
    {
        builder.ToTable("review_messages").HasKey(message => message.Id);
        builder.HasOne<Submission>().WithMany().HasForeignKey(message => message.SubmissionId);
        builder.HasIndex(message => message.SubmissionId).HasDatabaseName("ix_review_messages_submission_id");
        builder.Property(message => message.Id).Keep(Retention.Technical);
        builder.Property(message => message.SubmissionId).Keep(Retention.Technical);
        builder.Property(message => message.By).Keep(Retention.Staff);
        builder.Property(message => message.Text).Keep(Retention.PublicRecord);
    }
}
