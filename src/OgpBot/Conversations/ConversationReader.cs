using System.Data.Common;
using OgpBot.Storage;

namespace OgpBot.Conversations;

/// <summary>
/// Reads what turns and channels need, each time from the database: another host may have written it. One connection is kept with
/// its statements prepared, and reads take turns on it: each takes some microseconds, while SQLite lets many connections that begin to read in the
/// middle of commits wait for a whole second where it was built without <c>usleep</c>.
/// </summary>
public sealed class ConversationReader(IDatabase database) : IDisposable
{
    private readonly Lock turn = new();
    private ReadSession? session;

    public bool Exists(string conversationId) => Read(session => session.Exists.Read(_ => true, conversationId)).Count > 0;

    /// <summary>The messages after a number, in order, without those that are shown to nobody.</summary>
    public IReadOnlyList<ActivityRow> ActivitiesAfter(string conversationId, int seq) => Read(session => session.Activities.Read(
        row => new ActivityRow
        {
            ConversationId = conversationId,
            Seq = row.GetInt32(0),
            Incoming = row.GetBoolean(1),
            ReplyTo = row.IsDBNull(2) ? null : row.GetInt32(2),
            Kind = (ActivityKind)row.GetInt32(3),
            Text = Text(row, 4),
            Extra = Text(row, 5),
            At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
        },
        conversationId,
        seq));

    /// <summary>All that was accepted and whose turn is not over: after a restart these are run again.</summary>
    public IReadOnlyList<(string ConversationId, int Seq)> Unfinished() => Read(session => session.Unfinished.Read(row => (row.GetString(0), row.GetInt32(1))));

    /// <summary>A kept activity with the state that its turn begins from; null when its turn is over.</summary>
    internal UnfinishedTurn? Unfinished(string conversationId, int seq) => Read(session => session.Turn.Read(
        row => new UnfinishedTurn(
            conversationId, seq, (ActivityKind)row.GetInt32(0), Text(row, 1), Text(row, 2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(6)),
        conversationId,
        seq)).SingleOrDefault();

    public void Dispose() => Close();

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private T Read<T>(Func<ReadSession, T> read)
    {
        lock (turn)
        {
            try
            {
                session ??= new ReadSession(database.OpenReader());
                return read(session);
            }
            catch (Exception error)
            {
                Close();
                if (database.IsUnavailable(error))
                {
                    throw new StorageUnavailableException("the database can't be read", error);
                }

                throw;
            }
        }
    }

    private void Close()
    {
        session?.Dispose();
        session = null;
    }

    private sealed class ReadSession(DbConnection connection) : IDisposable
    {
        internal PreparedStatement Exists { get; } = new(connection, "SELECT 1 FROM conversations WHERE id = @id", ["id"]);

        internal PreparedStatement Activities { get; } = new(
            connection,
            """
            SELECT seq, incoming, reply_to, kind, text, extra, at FROM activities
            WHERE conversation_id = @id AND seq > @seq AND kind <> 1 ORDER BY seq
            """,
            ["id", "seq"]);

        internal PreparedStatement Unfinished { get; } = new(
            connection, "SELECT conversation_id, seq FROM activities WHERE incoming AND done_at IS NULL ORDER BY conversation_id, seq", []);

        internal PreparedStatement Turn { get; } = new(
            connection,
            """
            SELECT activity.kind, activity.text, conversation.state, conversation.version, conversation.citizen_id, conversation.channel, conversation.language
            FROM activities activity JOIN conversations conversation ON conversation.id = activity.conversation_id
            WHERE activity.conversation_id = @id AND activity.seq = @seq AND activity.done_at IS NULL
            """,
            ["id", "seq"]);

        public void Dispose()
        {
            Exists.Dispose();
            Activities.Dispose();
            Unfinished.Dispose();
            Turn.Dispose();
            connection.Dispose();
        }
    }
}

/// <summary>A turn to run: the activity and the state it finds.</summary>
internal sealed record UnfinishedTurn(
    string ConversationId, int Seq, ActivityKind Kind, string? Text, string? State, long Version, string CitizenId, string Channel, string Language);
