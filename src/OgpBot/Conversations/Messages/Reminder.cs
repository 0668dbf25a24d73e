using System.Text.Json;
using System.Text.Json.Serialization;
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

/// <summary>What a notice says, as its activity keeps it: the key of a text of the host, and the values that the text shows.</summary>
public sealed record NoticeText(string Text, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Null where nothing is kept any longer.</summary>
    internal static NoticeText? Read(string? json) => json is null ? null : JsonSerializer.Deserialize(json, NoticeTextJson.Default.NoticeText);

    internal string Write() => JsonSerializer.Serialize(this, NoticeTextJson.Default.NoticeText);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NoticeText))]
internal sealed partial class NoticeTextJson : JsonSerializerContext;
