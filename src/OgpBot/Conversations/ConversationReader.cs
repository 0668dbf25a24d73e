using System.Data.Common;
using OgpBot.Storage;

namespace OgpBot.Conversations;

/// <summary>Reads what turns and channels need, each time from the database: another host may have written it.</summary>
public sealed class ConversationReader(IDatabase database)
{
    public bool Exists(string conversationId) =>
        Read("SELECT 1 FROM conversations WHERE id = @id", command => Bind(command, "id", conversationId), row => true).Count > 0;

    /// <summary>The messages after a number, in order, without those that are shown to nobody.</summary>
    public IReadOnlyList<ActivityRow> ActivitiesAfter(string conversationId, int seq) => Read(
        "SELECT seq, incoming, client_id, reply_to, kind, text, extra, at FROM activities WHERE conversation_id = @id AND seq > @seq AND kind <> 1 ORDER BY seq",
        command =>
        {
            Bind(command, "id", conversationId);
            Bind(command, "seq", seq);
        },
        row => new ActivityRow
        {
            ConversationId = conversationId,
            Seq = row.GetInt32(0),
            Incoming = row.GetBoolean(1),
            ClientId = Text(row, 2),
            ReplyTo = row.IsDBNull(3) ? null : row.GetInt32(3),
            Kind = (ActivityKind)row.GetInt32(4),
            Text = Text(row, 5),
            Extra = Text(row, 6),
            At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        });

    /// <summary>All that was accepted and whose turn is not over: after a restart these are run again.</summary>
    public IReadOnlyList<(string ConversationId, int Seq)> Unfinished() => Read(
        "SELECT conversation_id, seq FROM activities WHERE incoming AND done_at IS NULL ORDER BY conversation_id, seq",
        _ => { },
        row => (row.GetString(0), row.GetInt32(1)));

    /// <summary>A kept activity with the state that its turn begins from; null when its turn is over.</summary>
    internal UnfinishedTurn? Unfinished(string conversationId, int seq) => Read(
        """
        SELECT activity.kind, activity.text, conversation.state, conversation.version, conversation.citizen_id, conversation.channel, conversation.language
        FROM activities activity JOIN conversations conversation ON conversation.id = activity.conversation_id
        WHERE activity.conversation_id = @id AND activity.seq = @seq AND activity.done_at IS NULL
        """,
        command =>
        {
            Bind(command, "id", conversationId);
            Bind(command, "seq", seq);
        },
        row => new UnfinishedTurn(
            conversationId, seq, (ActivityKind)row.GetInt32(0), Text(row, 1), Text(row, 2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(6)))
        .SingleOrDefault();

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static void Bind(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@{name}";
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    private List<T> Read<T>(string sql, Action<DbCommand> bind, Func<DbDataReader, T> map)
    {
        try
        {
            using var connection = database.OpenReader();
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant of this class; values go in as parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            bind(command);
            using var rows = command.ExecuteReader();
            var found = new List<T>();
            while (rows.Read())
            {
                found.Add(map(rows));
            }

            return found;
        }
        catch (Exception error) when (database.IsUnavailable(error))
        {
            throw new StorageUnavailableException("the database can't be read", error);
        }
    }
}

/// <summary>A turn to run: the activity and the state it finds.</summary>
internal sealed record UnfinishedTurn(
    string ConversationId, int Seq, ActivityKind Kind, string? Text, string? State, long Version, string CitizenId, string Channel, string Language);
