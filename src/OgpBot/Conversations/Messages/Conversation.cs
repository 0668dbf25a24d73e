using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Conversations.Messages;

/// <summary>A conversation on one channel, with the state of its dialog. The draft is part of that state.</summary>
public sealed class Conversation
{
    public required string Id { get; init; }

    public required string Channel { get; init; }

    public required string CitizenId { get; init; }

    /// <summary>Where the channel sends to, such as a chat's number, where it does not wait to be asked; erased with the texts.</summary>
    public string? Address { get; set; }

    /// <summary>When the citizen blocked the bot; null: messages reach her.</summary>
    public DateTimeOffset? BlockedAt { get; set; }

    /// <summary>Until when the channel asked that nothing be sent to her; null: nothing was asked.</summary>
    public DateTimeOffset? SilentUntil { get; set; }

    /// <summary>The language it began in; the citizen may change it, in the state.</summary>
    public required string Language { get; init; }

    /// <summary>Raised by each turn: a turn that finds another number than it read runs again. Order inside a conversation rests on it.</summary>
    public long Version { get; set; }

    /// <summary>The engine's state as JSON; null before the first turn and after it was erased.</summary>
    public string? State { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last turn; idle days are counted from here.</summary>
    public DateTimeOffset ActiveAt { get; set; }

    /// <summary>When texts were erased; null while there may be some.</summary>
    public DateTimeOffset? ErasedAt { get; set; }
}

internal sealed class ConversationMapping : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        builder.ToTable("conversations").HasKey(conversation => conversation.Id);
        builder.Property(conversation => conversation.Id).Keep(Retention.Technical);
        builder.Property(conversation => conversation.Channel).Keep(Retention.Technical);
        builder.Property(conversation => conversation.CitizenId).Keep(Retention.Technical);
        builder.Property(conversation => conversation.Language).Keep(Retention.Technical);
        builder.Property(conversation => conversation.State).Keep(Retention.Chat);
        builder.HasOne<Citizen>().WithMany().HasForeignKey(conversation => conversation.CitizenId);
        builder.Property(conversation => conversation.Address).Keep(Retention.Chat);
        builder.HasIndex(conversation => new { conversation.Channel, conversation.Address }).IsUnique()
            .HasDatabaseName("ix_conversations_address").HasFilter("address IS NOT NULL");
        builder.HasIndex(conversation => conversation.ActiveAt).HasDatabaseName("ix_conversations_active_at").HasFilter("erased_at IS NULL");
    }
}
