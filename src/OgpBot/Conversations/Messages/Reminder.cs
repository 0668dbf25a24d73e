using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Conversations.Messages;

/// <summary>A citizen's wish to be told once before her draft is erased. It is deleted when she was told, or with the conversation's texts.</summary>
public sealed class Reminder
{
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    public DateTimeOffset AskedAt { get; init; }
}

internal sealed class ReminderMapping : IEntityTypeConfiguration<Reminder>
{
    public void Configure(EntityTypeBuilder<Reminder> builder)
    {
        builder.ToTable("reminders").HasKey(reminder => reminder.Id);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(reminder => reminder.ConversationId);
        builder.HasIndex(reminder => reminder.ConversationId).HasDatabaseName("ix_reminders_conversation");
        builder.Property(reminder => reminder.Id).Keep(Retention.Technical);
        builder.Property(reminder => reminder.ConversationId).Keep(Retention.Technical);
    }
}
