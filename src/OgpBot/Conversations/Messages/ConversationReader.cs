using System.Data.Common;
using OgpBot.Calls;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Conversations.Messages;

/// <summary>
/// Reads what turns and channels need, each time from the database: another host may have written it. One connection is kept with
/// its statements prepared, and reads take turns on it: each takes some microseconds, and several connections are no faster. What the bot said is
/// read as it leaves: keys of receipts, which are never stored, are put in here and nowhere else.
/// </summary>
public sealed class ConversationReader(IDatabase database, IMessageSecret secret) : IDisposable
{
    private readonly Lock turn = new();
    private ReadSession? session;

    public bool Exists(string conversationId) => Read(session => session.Exists.Read(_ => true, conversationId)).Count > 0;

    /// <summary>The messages after a number, in order, without those that are shown to nobody.</summary>
    public IReadOnlyList<ActivityRow> ActivitiesAfter(string conversationId, int seq) => Read(session => session.Activities.Read(
        row =>
        {
            var incoming = row.GetBoolean(1);
            var (text, extra) = incoming ? (Text(row, 4), Text(row, 5)) : Filled(row, 4);
            return new ActivityRow
            {
                ConversationId = conversationId,
                Seq = row.GetInt32(0),
                Incoming = incoming,
                ReplyTo = row.IsDBNull(2) ? null : row.GetInt32(2),
                Kind = (ActivityKind)row.GetInt32(3),
                Text = text,
                Extra = extra,
                At = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6)),
            };
        },
        conversationId,
        seq));

    /// <summary>All that was accepted and whose turn is not over: after a restart these are run again.</summary>
    public IReadOnlyList<(string ConversationId, int Seq)> Unfinished() => Read(session => session.Unfinished.Read(row => (row.GetString(0), row.GetInt32(1))));

    /// <summary>A kept activity with the state that its turn begins from; null when its turn is over.</summary>
    internal UnfinishedTurn? Unfinished(string conversationId, int seq) => Read(session => session.Turn.Read(
        row => new UnfinishedTurn(
            conversationId, seq, (ActivityKind)row.GetInt32(0), Text(row, 1), Text(row, 2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetString(6),
            IncomingSource.Read(Text(row, 7)), IncomingLocale.Read(Text(row, 7)))
        {
            Number = row.IsDBNull(8) ? null : row.GetInt64(8),
            Part = IncomingPart.Read(Text(row, 7)),
        },
        conversationId,
        seq)).SingleOrDefault();

    /// <summary>What was said shortly before an incoming activity and after it, as far as it has a number in its chat, in the order of that.</summary>
    internal IReadOnlyList<NumberedMessage> SaidBeside(string conversationId, int seq) => Read(session => session.Beside.Read(
        row => new NumberedMessage(
            row.GetInt32(0), row.GetInt64(1), (ActivityKind)row.GetInt32(2), Text(row, 3), IncomingPart.Read(Text(row, 4)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), !row.IsDBNull(6)),
        conversationId,
        seq));

    /// <summary>Whether the text of the citizen's message with this number became an answer.</summary>
    internal bool IsTaken(string conversationId, long number) =>
        Read(session => session.Numbered.Read(row => IncomingPart.Read(Text(row, 0)) is { Taken: true }, conversationId, number)).Contains(true);

    /// <summary>The conversation that a channel sends to at this address, or null.</summary>
    internal string? FindByAddress(string channel, string address) =>
        Read(session => session.Address.Read(row => row.GetString(0), channel, address)).SingleOrDefault();

    /// <summary>Where a conversation is sent to; null: nowhere, or nothing is sent there any more.</summary>
    internal string? AddressOf(string conversationId) =>
        Read(session => session.AddressOf.Read(row => Text(row, 0), conversationId)).SingleOrDefault();

    /// <summary>Whether an incoming activity is kept, by its client's id.</summary>
    internal bool Knows(string conversationId, string clientId) => Read(session => session.Known.Read(_ => true, conversationId, clientId)).Count > 0;

    /// <summary>Conversations with messages to send.</summary>
    internal IReadOnlyList<string> WithOutbox() => Read(session => session.Outboxes.Read(row => row.GetString(0)));

    /// <summary>The oldest message that a conversation still has to send; null where there is none.</summary>
    internal OutboxMessage? NextToSend(string conversationId) => Read(session => session.Outbox.Read(
        row =>
        {
            var (text, extra) = Filled(row, 1);
            return new OutboxMessage(
                conversationId, row.GetInt32(0), text ?? "", extra, row.IsDBNull(3) ? null : row.GetInt32(3), Text(row, 4), !row.IsDBNull(5), !row.IsDBNull(6),
                row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)));
        },
        conversationId)).SingleOrDefault();

    /// <summary>Whether a message is still to be sent; one that was erased meanwhile is not.</summary>
    internal bool IsToBeSent(string conversationId, int seq) => Read(session => session.ToBeSent.Read(_ => true, conversationId, seq)).Count > 0;

    /// <summary>The last sent message before a number whose buttons are still there; none where that number is a changed message, which answers nothing.</summary>
    internal SentChoices? OpenChoices(string conversationId, int before) => Read(session => session.Choices.Read(
        row =>
        {
            var (text, extra) = Filled(row, 1);
            return new SentChoices(row.GetInt32(0), text ?? "", ActivityExtra.Read(extra).Choices ?? [], row.GetInt64(3));
        },
        conversationId,
        before))
        .SingleOrDefault();

    internal string? TextOf(string conversationId, int seq) =>
        Read(session => session.OneText.Read(row => Text(row, 0), conversationId, seq)).SingleOrDefault();

    /// <summary>The key under which an incoming activity is kept.</summary>
    internal string? ClientIdOf(string conversationId, int seq) =>
        Read(session => session.OneKey.Read(row => Text(row, 0), conversationId, seq)).SingleOrDefault();

    /// <summary>The choices of a message, as long as nothing was answered since; null where something was.</summary>
    internal IReadOnlyList<string>? ChoicesIfOpen(string conversationId, int seq) => Read(session => session.Unanswered.Read(
        row => ActivityExtra.Read(Text(row, 0)).Choices ?? [], conversationId, seq)).SingleOrDefault();

    public void Dispose() => Close();

    // A text and the extra behind it, as they leave.
    private (string? Text, string? Extra) Filled(DbDataReader row, int column) => secret.Fill(Text(row, column), Text(row, column + 1));

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
            WHERE conversation_id = @id AND seq > @seq AND kind NOT IN (1, 5) ORDER BY seq
            """,
            ["id", "seq"]);

        internal PreparedStatement Unfinished { get; } = new(
            connection, "SELECT conversation_id, seq FROM activities WHERE incoming AND done_at IS NULL ORDER BY conversation_id, seq", []);

        internal PreparedStatement Turn { get; } = new(
            connection,
            """
            SELECT activity.kind, activity.text, conversation.state, conversation.version, conversation.citizen_id, conversation.channel, conversation.language,
              activity.extra, activity.sent_as
            FROM activities activity JOIN conversations conversation ON conversation.id = activity.conversation_id
            WHERE activity.conversation_id = @id AND activity.seq = @seq AND activity.done_at IS NULL
            """,
            ["id", "seq"]);

        // An album and the parts of a text come close together.
        internal PreparedStatement Beside { get; } = new(
            connection,
            """
            SELECT seq, sent_as, kind, CASE WHEN incoming THEN text END, CASE WHEN incoming THEN extra END, at, done_at FROM activities
            WHERE conversation_id = @id AND seq > @seq - 50 AND sent_as IS NOT NULL AND kind IN (0, 2) ORDER BY sent_as
            """,
            ["id", "seq"]);

        internal PreparedStatement Numbered { get; } = new(
            connection, "SELECT extra FROM activities WHERE conversation_id = @id AND incoming AND kind = 0 AND sent_as = @number", ["id", "number"]);

        internal PreparedStatement Address { get; } = new(
            connection, "SELECT id FROM conversations WHERE channel = @channel AND address = @address", ["channel", "address"]);

        internal PreparedStatement AddressOf { get; } = new(connection, "SELECT address FROM conversations WHERE id = @id AND blocked_at IS NULL", ["id"]);

        internal PreparedStatement Known { get; } = new(
            connection, "SELECT 1 FROM activities WHERE conversation_id = @id AND client_id = @client", ["id", "client"]);

        internal PreparedStatement Outboxes { get; } = new(connection, "SELECT DISTINCT conversation_id FROM activities WHERE delivery = 0", []);

        internal PreparedStatement Outbox { get; } = new(
            connection,
            """
            SELECT activity.seq, activity.text, activity.extra, activity.reply_to, conversation.address, conversation.blocked_at, conversation.erased_at,
              conversation.silent_until
            FROM activities activity JOIN conversations conversation ON conversation.id = activity.conversation_id
            WHERE activity.conversation_id = @id AND activity.delivery = 0 ORDER BY activity.seq LIMIT 1
            """,
            ["id"]);

        internal PreparedStatement ToBeSent { get; } = new(
            connection, "SELECT 1 FROM activities WHERE conversation_id = @id AND seq = @seq AND delivery = 0", ["id", "seq"]);

        internal PreparedStatement Choices { get; } = new(
            connection,
            """
            SELECT seq, text, extra, sent_as FROM activities
            WHERE conversation_id = @id AND seq < @before AND NOT incoming AND delivery = 1 AND extra LIKE '{"choices"%' AND sent_as IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM activities answer WHERE answer.conversation_id = @id AND answer.seq = @before AND answer.kind = 3)
            ORDER BY seq DESC LIMIT 1
            """,
            ["id", "before"]);

        internal PreparedStatement OneText { get; } = new(connection, "SELECT text FROM activities WHERE conversation_id = @id AND seq = @seq", ["id", "seq"]);

        internal PreparedStatement OneKey { get; } = new(connection, "SELECT client_id FROM activities WHERE conversation_id = @id AND seq = @seq", ["id", "seq"]);

        internal PreparedStatement Unanswered { get; } = new(
            connection,
            """
            SELECT extra FROM activities message WHERE conversation_id = @id AND seq = @seq AND NOT incoming
              AND NOT EXISTS (
                SELECT 1 FROM activities later
                WHERE later.conversation_id = message.conversation_id AND later.seq > message.seq AND later.incoming AND later.kind NOT IN (3, 5))
            """,
            ["id", "seq"]);

        public void Dispose()
        {
            foreach (var statement in new[] { Beside, Numbered, Address, AddressOf, Known, Outboxes, Outbox, ToBeSent, Choices, OneText, OneKey, Unanswered })
            {
                statement.Dispose();
            }

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
    string ConversationId, int Seq, ActivityKind Kind, string? Text, string? State, long Version, string CitizenId, string Channel, string Language, string? Source, string? Locale)
{
    /// <summary>The number of the message in its chat, or that of the one that was changed.</summary>
    internal long? Number { get; init; }

    /// <summary>Null where the channel tells nothing of the kind.</summary>
    internal IncomingPart? Part { get; init; }

    /// <summary>The others whose turn it is too; the text is that of all of them.</summary>
    internal IReadOnlyList<int> Joined { get; init; } = [];

    /// <summary>It belongs to what was answered before.</summary>
    internal bool IsAnswered { get; init; }
}

/// <summary>A message to send, and where to; <paramref name="Address"/> is null where it was erased, and is to be forgotten where the texts were erased and this is the last word.</summary>
internal sealed record OutboxMessage(
    string ConversationId, int Seq, string Text, string? Extra, int? ReplyTo, string? Address, bool Blocked, bool Erased, DateTimeOffset? SilentUntil);

/// <summary>A sent message whose buttons are still there.</summary>
internal sealed record SentChoices(int Seq, string Text, IReadOnlyList<string> Choices, long SentAs);
