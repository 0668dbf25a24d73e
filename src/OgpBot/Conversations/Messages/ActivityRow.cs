using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OgpBot.Storage;

namespace OgpBot.Conversations.Messages;

/// <summary>
/// A message of a conversation, in the order all see. An incoming row is the inbox and the citizen's echo: its client id is the permanent key, and <see
/// cref="DoneAt"/> says whether its turn is over. An outgoing row is the outbox and the history.
/// </summary>
public sealed class ActivityRow
{
    public required string ConversationId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public int Seq { get; init; }

    public bool Incoming { get; init; }

    /// <summary>The id that the client gave an incoming activity, unique in its conversation for ever; null for the bot's own.</summary>
    public string? ClientId { get; init; }

    /// <summary>The incoming activity that the bot answers.</summary>
    public int? ReplyTo { get; init; }

    public ActivityKind Kind { get; init; }

    public string? Text { get; set; }

    /// <summary>JSON: of the bot's, its choices, progress and facts; of a citizen's, what the client sent along.</summary>
    public string? Extra { get; set; }

    public DateTimeOffset At { get; init; }

    /// <summary>Of the bot's, on a channel that must be sent to: whether it was.</summary>
    public Delivery? Delivery { get; set; }

    /// <summary>The number that the channel gave a message, by which a sent one can be edited and one of the citizen's be known again.</summary>
    public long? SentAs { get; set; }

    /// <summary>Of an incoming activity: when its turn was over; null while it must still be run.</summary>
    public DateTimeOffset? DoneAt { get; set; }
}

/// <summary>What came in, or went out.</summary>
public enum ActivityKind
{
    /// <summary>A text.</summary>
    Message = 0,

    /// <summary>The conversation begins; shown to nobody.</summary>
    Start = 1,

    /// <summary>Something without text: a photo, a voice note.</summary>
    Unreadable = 2,

    /// <summary>An earlier message was changed; the answer that it gave stays.</summary>
    Edited = 3,

    /// <summary>A group was joined: it gets one sentence, and nothing after.</summary>
    Group = 4,

    /// <summary>The bot speaks first: it tells that a draft will be erased. Shown to nobody as a message of the citizen.</summary>
    Reminder = 5,

    /// <summary>The bot speaks first: it tells what came of a submission. Shown to nobody as a message of the citizen.</summary>
    Notice = 6,
}

/// <summary>How far a message of the bot has come, on a channel that must be sent to.</summary>
public enum Delivery
{
    Pending = 0,

    Sent = 1,

    /// <summary>Sent, and its buttons were taken away after an answer.</summary>
    Settled = 2,

    /// <summary>The channel refuses it for ever, or the citizen blocked the bot.</summary>
    GivenUp = 3,
}

internal sealed class ActivityRowMapping : IEntityTypeConfiguration<ActivityRow>
{
    public void Configure(EntityTypeBuilder<ActivityRow> builder)
    {
        builder.ToTable("activities").HasKey(activity => new { activity.ConversationId, activity.Seq });
        builder.Property(activity => activity.ConversationId).Keep(Retention.Technical);
        builder.Property(activity => activity.ClientId).Keep(Retention.Technical);
        builder.Property(activity => activity.Text).Keep(Retention.Chat);
        builder.Property(activity => activity.Extra).Keep(Retention.Chat);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(activity => activity.ConversationId);

        // The conversation belongs to one channel, so this is the key (channel, conversation, client id).
        builder.HasIndex(activity => new { activity.ConversationId, activity.ClientId }).IsUnique()
            .HasDatabaseName("ix_activities_client_id").HasFilter("client_id IS NOT NULL");
        builder.HasIndex(activity => new { activity.ConversationId, activity.Seq })
            .HasDatabaseName("ix_activities_unfinished").HasFilter("incoming AND done_at IS NULL");
        builder.HasIndex(activity => activity.ConversationId).HasDatabaseName("ix_activities_outbox").HasFilter("delivery = 0");
    }
}
