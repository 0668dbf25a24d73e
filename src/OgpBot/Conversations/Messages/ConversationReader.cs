using System.Data.Common;
using OgpBot.Calls;
using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Conversations.Messages;

/// <summary>
/// Reads what turns and channels need. It asks the database each time, since another host may have written. One connection is kept with its statements, and
/// reads take turns on it: each takes some microseconds, and several connections are no faster. What the bot said is read as it leaves: secrets, which are
/// stored nowhere, are put in here and nowhere else.
/// </summary>
public sealed class ConversationReader(IDatabase database, IMessageSecret secret) : IDisposable
{
    private readonly Lock turn = new();
    private ReadStatements? statements;

    public bool Exists(string conversationId) => Read(sql => sql.Exists.Read(_ => true, conversationId)).Count > 0;

    /// <summary>The messages after a number, in order, without those that are shown to nobody.</summary>
    public IReadOnlyList<ActivityRow> ActivitiesAfter(string conversationId, int seq) => Read(sql => sql.Activities.Read(
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
    public IReadOnlyList<(string ConversationId, int Seq)> Unfinished() => Read(sql => sql.Unfinished.Read(row => (row.GetString(0), row.GetInt32(1))));

    /// <summary>A kept activity with the state that its turn begins from; null when its turn is over.</summary>
    internal UnfinishedTurn? Unfinished(string conversationId, int seq) => Read(sql => sql.Turn.Read(
        row => new UnfinishedTurn(
            conversationId, seq, (ActivityKind)row.GetInt32(0), Text(row, 1), Text(row, 2), row.GetInt64(3), row.GetString(4),
            row.GetString(5), row.GetString(6), IncomingExtra.ReadSource(Text(row, 7)), IncomingExtra.ReadLocale(Text(row, 7)))
        {
            Number = row.IsDBNull(8) ? null : row.GetInt64(8),
            Part = IncomingPart.Read(Text(row, 7)),
        },
        conversationId,
        seq)).SingleOrDefault();

    /// <summary>What was said shortly before an incoming activity and after it, as far as it has a number in its chat, in the order of that.</summary>
    internal IReadOnlyList<NumberedMessage> SaidBeside(string conversationId, int seq) => Read(sql => sql.Beside.Read(
        row => new NumberedMessage(
            row.GetInt32(0), row.GetInt64(1), (ActivityKind)row.GetInt32(2), Text(row, 3), IncomingPart.Read(Text(row, 4)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)), !row.IsDBNull(6)),
        conversationId,
        seq));

    /// <summary>Whether the text of the citizen's message with this number became an answer.</summary>
    internal bool IsTaken(string conversationId, long number) =>
        Read(sql => sql.Numbered.Read(row => IncomingPart.Read(Text(row, 0)) is { Taken: true }, conversationId, number)).Contains(true);

    /// <summary>The conversation that a channel sends to at this address, or null.</summary>
    internal string? FindByAddress(string channel, string address) =>
        Read(sql => sql.Address.Read(row => row.GetString(0), channel, address)).SingleOrDefault();

    /// <summary>Where a conversation is sent to; null: nowhere, or nothing is sent there any more.</summary>
    internal string? AddressOf(string conversationId) =>
        Read(sql => sql.AddressOf.Read(row => Text(row, 0), conversationId)).SingleOrDefault();

    /// <summary>Whether an incoming activity is kept, by its client's id.</summary>
    internal bool Knows(string conversationId, string clientId) => Read(sql => sql.Known.Read(_ => true, conversationId, clientId)).Count > 0;

    /// <summary>Conversations with messages to send.</summary>
    internal IReadOnlyList<string> WithOutbox() => Read(sql => sql.Outboxes.Read(row => row.GetString(0)));

    /// <summary>The oldest message that a conversation still has to send; null where there is none.</summary>
    internal OutboxMessage? NextToSend(string conversationId) => Read(sql => sql.Outbox.Read(
        row =>
        {
            var (text, extra) = Filled(row, 1);
            return new OutboxMessage(
                conversationId, row.GetInt32(0), text ?? "", extra, row.IsDBNull(3) ? null : row.GetInt32(3), Text(row, 4), !row.IsDBNull(5), !row.IsDBNull(6),
                row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)));
        },
        conversationId)).SingleOrDefault();

    /// <summary>Whether a message is still to be sent; one that was erased meanwhile is not.</summary>
    internal bool IsToBeSent(string conversationId, int seq) => Read(sql => sql.ToBeSent.Read(_ => true, conversationId, seq)).Count > 0;

    /// <summary>The last sent message before a number whose buttons are still there. None where that number is a changed message: it answers nothing.</summary>
    internal SentChoices? OpenChoices(string conversationId, int before) => Read(sql => sql.Choices.Read(
        row =>
        {
            var (text, extra) = Filled(row, 1);
            return new SentChoices(row.GetInt32(0), text ?? "", ActivityExtra.Read(extra).Choices ?? [], row.GetInt64(3));
        },
        conversationId,
        before))
        .SingleOrDefault();

    internal string? TextOf(string conversationId, int seq) =>
        Read(sql => sql.OneText.Read(row => Text(row, 0), conversationId, seq)).SingleOrDefault();

    /// <summary>The key under which an incoming activity is kept.</summary>
    internal string? ClientIdOf(string conversationId, int seq) =>
        Read(sql => sql.OneKey.Read(row => Text(row, 0), conversationId, seq)).SingleOrDefault();

    /// <summary>The choices of a message, as long as nothing was answered since; null where something was.</summary>
    internal IReadOnlyList<string>? ChoicesIfOpen(string conversationId, int seq) => Read(sql => sql.Unanswered.Read(
        row => ActivityExtra.Read(Text(row, 0)).Choices ?? [], conversationId, seq)).SingleOrDefault();

    public void Dispose() => Close();

    // A text and the extra behind it, as they leave.
    private (string? Text, string? Extra) Filled(DbDataReader row, int column) => secret.Fill(Text(row, column), Text(row, column + 1));

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private T Read<T>(Func<ReadStatements, T> read)
    {
        lock (turn)
        {
            try
            {
                statements ??= new ReadStatements(database.OpenReader());
                return read(statements);
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
        statements?.Dispose();
        statements = null;
    }
}
