using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Conversations.Messages;
using OgpBot.Storage;

namespace OgpBot.Privacy;

/// <summary>An answer to the privacy notice: which version, when, yes or no.</summary>
public sealed class Consent
{
    public required string Id { get; init; }

    public required string CitizenId { get; init; }

    public required string ConversationId { get; init; }

    public required string NoticeVersion { get; init; }

    public bool Accepted { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>When the texts of its conversation were erased last.</summary>
    public DateTimeOffset? ErasedAt { get; set; }
}

internal sealed class ConsentMapping : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consents").HasKey(consent => consent.Id);
        builder.HasOne<Citizen>().WithMany().HasForeignKey(consent => consent.CitizenId);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(consent => consent.ConversationId);
        builder.Property(consent => consent.Id).Keep(Retention.Technical);
        builder.Property(consent => consent.CitizenId).Keep(Retention.Technical);
        builder.Property(consent => consent.ConversationId).Keep(Retention.Technical);
        builder.Property(consent => consent.NoticeVersion).Keep(Retention.Technical);
    }
}
