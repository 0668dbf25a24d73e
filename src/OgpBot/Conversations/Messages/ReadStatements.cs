using System.Data.Common;
using OgpBot.Conversations.Turns;

namespace OgpBot.Conversations.Messages;

/// <summary>What turns and channels read. It is plain SQL that SQLite and PostgreSQL both read.</summary>
internal sealed class ReadStatements(DbConnection connection) : PreparedStatements(connection)
{
    internal PreparedStatement Exists => field ??= Prepare("SELECT 1 FROM conversations WHERE id = @id", "id");

    internal PreparedStatement Activities => field ??= Prepare(
        """
        SELECT seq, incoming, reply_to, kind, text, extra, at FROM activities
        WHERE conversation_id = @id AND seq > @seq AND kind NOT IN (1, 5, 6) ORDER BY seq
        """,
        "id", "seq");

    internal PreparedStatement Unfinished => field ??= Prepare(
        "SELECT conversation_id, seq FROM activities WHERE incoming AND done_at IS NULL ORDER BY conversation_id, seq");

    internal PreparedStatement Turn => field ??= Prepare(
        """
        SELECT activity.kind, activity.text, conversation.state, conversation.version, conversation.citizen_id, conversation.channel, conversation.language,
          activity.extra, activity.sent_as
        FROM activities activity JOIN conversations conversation ON conversation.id = activity.conversation_id
        WHERE activity.conversation_id = @id AND activity.seq = @seq AND activity.done_at IS NULL
        """,
        "id", "seq");

    // An album and the parts of a text come close together.
    internal PreparedStatement Beside => field ??= Prepare(
        """
        SELECT seq, sent_as, kind, CASE WHEN incoming THEN text END, CASE WHEN incoming THEN extra END, at, done_at FROM activities
        WHERE conversation_id = @id AND seq > @seq - 50 AND sent_as IS NOT NULL AND kind IN (0, 2) ORDER BY sent_as
        """,
        "id", "seq");

    internal PreparedStatement Numbered => field ??= Prepare(
        "SELECT extra FROM activities WHERE conversation_id = @id AND incoming AND kind = 0 AND sent_as = @number", "id", "number");

    internal PreparedStatement Address => field ??= Prepare(
        "SELECT id FROM conversations WHERE channel = @channel AND address = @address", "channel", "address");

    internal PreparedStatement AddressOf => field ??= Prepare("SELECT address FROM conversations WHERE id = @id AND blocked_at IS NULL", "id");

    internal PreparedStatement Known => field ??= Prepare("SELECT 1 FROM activities WHERE conversation_id = @id AND client_id = @client", "id", "client");

    internal PreparedStatement Outboxes => field ??= Prepare("SELECT DISTINCT conversation_id FROM activities WHERE delivery = 0");

    internal PreparedStatement Outbox => field ??= Prepare(
        """
        SELECT activity.seq, activity.text, activity.extra, activity.reply_to, conversation.address, conversation.blocked_at, conversation.erased_at,
          conversation.silent_until
        FROM activities activity JOIN conversations conversation ON conversation.id = activity.conversation_id
        WHERE activity.conversation_id = @id AND activity.delivery = 0 ORDER BY activity.seq LIMIT 1
        """,
        "id");

    internal PreparedStatement ToBeSent => field ??= Prepare(
        "SELECT 1 FROM activities WHERE conversation_id = @id AND seq = @seq AND delivery = 0", "id", "seq");

    internal PreparedStatement Choices => field ??= Prepare(
        """
        SELECT seq, text, extra, sent_as FROM activities
        WHERE conversation_id = @id AND seq < @before AND NOT incoming AND delivery = 1 AND extra LIKE '{"choices"%' AND sent_as IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM activities answer WHERE answer.conversation_id = @id AND answer.seq = @before AND answer.kind = 3)
        ORDER BY seq DESC LIMIT 1
        """,
        "id", "before");

    internal PreparedStatement OneText => field ??= Prepare("SELECT text FROM activities WHERE conversation_id = @id AND seq = @seq", "id", "seq");

    internal PreparedStatement OneKey => field ??= Prepare("SELECT client_id FROM activities WHERE conversation_id = @id AND seq = @seq", "id", "seq");

    internal PreparedStatement Unanswered => field ??= Prepare(
        """
        SELECT extra FROM activities message WHERE conversation_id = @id AND seq = @seq AND NOT incoming
          AND NOT EXISTS (
            SELECT 1 FROM activities later
            WHERE later.conversation_id = message.conversation_id AND later.seq > message.seq AND later.incoming AND later.kind NOT IN (3, 5, 6))
        """,
        "id", "seq");
}
