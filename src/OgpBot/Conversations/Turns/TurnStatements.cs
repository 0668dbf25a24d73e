using System.Data.Common;

namespace OgpBot.Conversations.Turns;

/// <summary>What each turn writes. It is plain SQL that SQLite and PostgreSQL both read.</summary>
internal sealed class TurnStatements(DbConnection connection) : PreparedStatements(connection)
{
    internal PreparedStatement InsertCitizen => field ??= Prepare("INSERT INTO citizens (id) VALUES (@citizen) ON CONFLICT DO NOTHING", "citizen");

    internal PreparedStatement InsertConversation => field ??= Prepare(
        """
        INSERT INTO conversations (id, channel, citizen_id, address, language, version, created_at, active_at)
        VALUES (@id, @channel, @citizen, @address, @language, 0, @at, @at) ON CONFLICT DO NOTHING
        """,
        "id", "channel", "citizen", "address", "language", "at");

    internal PreparedStatement FindAddress => field ??= Prepare(
        "SELECT id FROM conversations WHERE channel = @channel AND address = @address", "channel", "address");

    internal PreparedStatement Unblock => field ??= Prepare(
        "UPDATE conversations SET blocked_at = NULL WHERE id = @conversation AND blocked_at IS NOT NULL", "conversation");

    internal PreparedStatement Accept => field ??= Prepare(
        """
        INSERT INTO activities (conversation_id, seq, incoming, client_id, kind, text, extra, sent_as, at)
        SELECT @conversation, (SELECT COALESCE(MAX(seq), 0) + 1 FROM activities WHERE conversation_id = @conversation), TRUE,
          @client, @kind, @text, @extra, @number, @at
        WHERE EXISTS (SELECT 1 FROM conversations WHERE id = @conversation)
        ON CONFLICT DO NOTHING RETURNING seq
        """,
        "conversation", "client", "kind", "text", "extra", "number", "at");

    internal PreparedStatement FindAccepted => field ??= Prepare(
        "SELECT seq FROM activities WHERE conversation_id = @conversation AND client_id = @client", "conversation", "client");

    internal PreparedStatement TextAccepted => field ??= Prepare(
        "SELECT text FROM activities WHERE conversation_id = @conversation AND client_id = @client", "conversation", "client");

    internal PreparedStatement MoveState => field ??= Prepare(
        """
        UPDATE conversations SET state = @state, version = version + 1, active_at = COALESCE(@at, active_at), erased_at = NULL
        WHERE id = @conversation AND version = @version
        """,
        "state", "at", "conversation", "version");

    internal PreparedStatement InsertReply => field ??= Prepare(
        """
        INSERT INTO activities (conversation_id, seq, incoming, reply_to, kind, text, extra, delivery, at)
        SELECT @conversation, COALESCE(MAX(seq), 0) + 1, FALSE, @replyTo, 0, @text, @extra, @delivery, @at
        FROM activities WHERE conversation_id = @conversation
        """,
        "conversation", "replyTo", "text", "extra", "delivery", "at");

    internal PreparedStatement Deliver => field ??= Prepare(
        "UPDATE activities SET delivery = @delivery, sent_as = COALESCE(@sentAs, sent_as) WHERE conversation_id = @conversation AND seq = @seq",
        "delivery", "sentAs", "conversation", "seq");

    internal PreparedStatement ForgetAddress => field ??= Prepare(
        """
        UPDATE conversations SET address = NULL WHERE id = @conversation AND erased_at IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM activities WHERE conversation_id = @conversation AND delivery = 0)
        """,
        "conversation");

    internal PreparedStatement Finish => field ??= Prepare(
        "UPDATE activities SET done_at = @at, extra = COALESCE(@extra, extra) WHERE conversation_id = @conversation AND seq = @seq",
        "at", "extra", "conversation", "seq");
}
