using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Storage;

namespace OgpBot.Conversations.Turns;

/// <summary>
/// The writer's connection with its statements prepared once: what each turn writes. It is plain SQL that SQLite and PostgreSQL both read;
/// through EF Core the same rows cost several times the processor, and every message of every citizen passes here.
/// </summary>
public sealed class TurnSession : IDisposable
{
    private readonly DbConnection connection;
    private readonly OgpBotDb database;
    private readonly PreparedStatement insertCitizen;
    private readonly PreparedStatement insertConversation;
    private readonly PreparedStatement findAddress;
    private readonly PreparedStatement unblock;
    private readonly PreparedStatement accept;
    private readonly PreparedStatement findAccepted;
    private readonly PreparedStatement textAccepted;
    private readonly PreparedStatement moveState;
    private readonly PreparedStatement reply;
    private readonly PreparedStatement finish;
    private readonly PreparedStatement deliver;
    private readonly PreparedStatement forgetAddress;

    internal TurnSession(DbConnection connection, OgpBotDb database)
    {
        this.connection = connection;
        this.database = database;
        insertCitizen = Prepare("INSERT INTO citizens (id) VALUES (@citizen) ON CONFLICT DO NOTHING", "citizen");
        insertConversation = Prepare(
            """
            INSERT INTO conversations (id, channel, citizen_id, address, language, version, created_at, active_at)
            VALUES (@id, @channel, @citizen, @address, @language, 0, @at, @at) ON CONFLICT DO NOTHING
            """,
            "id", "channel", "citizen", "address", "language", "at");
        findAddress = Prepare("SELECT id FROM conversations WHERE channel = @channel AND address = @address", "channel", "address");
        unblock = Prepare("UPDATE conversations SET blocked_at = NULL WHERE id = @conversation AND blocked_at IS NOT NULL", "conversation");
        accept = Prepare(
            """
            INSERT INTO activities (conversation_id, seq, incoming, client_id, kind, text, extra, sent_as, at)
            SELECT @conversation, (SELECT COALESCE(MAX(seq), 0) + 1 FROM activities WHERE conversation_id = @conversation), TRUE, @client, @kind, @text, @extra, @number, @at
            WHERE EXISTS (SELECT 1 FROM conversations WHERE id = @conversation)
            ON CONFLICT DO NOTHING RETURNING seq
            """,
            "conversation", "client", "kind", "text", "extra", "number", "at");
        findAccepted = Prepare("SELECT seq FROM activities WHERE conversation_id = @conversation AND client_id = @client", "conversation", "client");
        textAccepted = Prepare("SELECT text FROM activities WHERE conversation_id = @conversation AND client_id = @client", "conversation", "client");
        moveState = Prepare(
            """
            UPDATE conversations SET state = @state, version = version + 1, active_at = COALESCE(@at, active_at), erased_at = NULL
            WHERE id = @conversation AND version = @version
            """,
            "state", "at", "conversation", "version");
        reply = Prepare(
            """
            INSERT INTO activities (conversation_id, seq, incoming, reply_to, kind, text, extra, delivery, at)
            SELECT @conversation, COALESCE(MAX(seq), 0) + 1, FALSE, @replyTo, 0, @text, @extra, @delivery, @at
            FROM activities WHERE conversation_id = @conversation
            """,
            "conversation", "replyTo", "text", "extra", "delivery", "at");
        deliver = Prepare(
            "UPDATE activities SET delivery = @delivery, sent_as = COALESCE(@sentAs, sent_as) WHERE conversation_id = @conversation AND seq = @seq",
            "delivery", "sentAs", "conversation", "seq");
        forgetAddress = Prepare(
            """
            UPDATE conversations SET address = NULL WHERE id = @conversation AND erased_at IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM activities WHERE conversation_id = @conversation AND delivery = 0)
            """,
            "conversation");
        finish = Prepare(
            "UPDATE activities SET done_at = @at, extra = COALESCE(@extra, extra) WHERE conversation_id = @conversation AND seq = @seq", "at", "extra", "conversation", "seq");
    }

    /// <summary>For writes that are not of every turn.</summary>
    public OgpBotDb Database => database;

    /// <returns>False where it was there before.</returns>
    public async ValueTask<bool> CreateAsync(Conversation conversation)
    {
        await insertCitizen.ExecuteAsync(conversation.CitizenId);
        return await insertConversation.ExecuteAsync(
            conversation.Id, conversation.Channel, conversation.CitizenId, conversation.Address, conversation.Language, Stored(conversation.CreatedAt)) > 0;
    }

    /// <summary>The conversation that a channel sends to at this address, or null.</summary>
    public async ValueTask<string?> FindByAddressAsync(string channel, string address) => await findAddress.ScalarAsync(channel, address) as string;

    /// <summary>Gives the conversation whose address begins so another one.</summary>
    public async ValueTask<bool> MoveAddressAsync(string channel, string beginning, string address) => await database.Set<Conversation>()
        .Where(conversation => conversation.Channel == channel
            && string.Compare(conversation.Address, beginning) > 0 && string.Compare(conversation.Address, beginning + char.MaxValue) < 0)
        .ExecuteUpdateAsync(set => set.SetProperty(conversation => conversation.Address, address)) > 0;

    /// <summary>Notes that nothing reaches this address, until <see cref="UnblockAsync"/>.</summary>
    public async ValueTask<bool> BlockAsync(string channel, string address, DateTimeOffset at) => await database.Set<Conversation>()
        .Where(conversation => conversation.Channel == channel && conversation.Address == address)
        .ExecuteUpdateAsync(set => set.SetProperty(conversation => conversation.BlockedAt, at)) > 0;

    /// <summary>Notes that the channel wants nothing sent to this address before.</summary>
    public async ValueTask<bool> SilenceAsync(string channel, string address, DateTimeOffset until) => await database.Set<Conversation>()
        .Where(conversation => conversation.Channel == channel && conversation.Address == address)
        .ExecuteUpdateAsync(set => set.SetProperty(conversation => conversation.SilentUntil, until)) > 0;

    /// <summary>The citizen was heard of again, so she can be reached.</summary>
    public async ValueTask UnblockAsync(string conversationId) => await unblock.ExecuteAsync(conversationId);

    /// <summary>Notes how far a message of the bot has come, and the number that the channel gave it.</summary>
    public async ValueTask<bool> DeliverAsync(string conversationId, int seq, Delivery delivery, long? sentAs) =>
        await deliver.ExecuteAsync((int)delivery, sentAs, conversationId, seq) > 0;

    /// <summary>Forgets where to send to, once all was sent and if nothing was said since the texts were erased.</summary>
    public async ValueTask<bool> ForgetAddressAsync(string conversationId) => await forgetAddress.ExecuteAsync(conversationId) > 0;

    /// <summary>
    /// Keeps an incoming activity under its client's id; a repeated one gets the number of the first. Number 0: there is no such conversation.
    /// </summary>
    public async ValueTask<Accepted> AcceptAsync(Incoming incoming, DateTimeOffset at)
    {
        var seq = await accept.ScalarAsync(
            incoming.ConversationId, incoming.ClientId, (int)incoming.Kind, incoming.Text, incoming.Extra, incoming.Number, Stored(at));
        return seq is not null
            ? new Accepted(Convert.ToInt32(seq, System.Globalization.CultureInfo.InvariantCulture), IsNew: true)
            : new Accepted(
                Convert.ToInt32(await findAccepted.ScalarAsync(incoming.ConversationId, incoming.ClientId), System.Globalization.CultureInfo.InvariantCulture),
                IsNew: false,
                await textAccepted.ScalarAsync(incoming.ConversationId, incoming.ClientId) as string);
    }

    /// <summary>Writes all that a turn changes.</summary>
    /// <returns>False where another turn moved the state first; then nothing was written.</returns>
    public async ValueTask<bool> ApplyAsync(TurnEffect effect, DateTimeOffset at)
    {
        var moment = Stored(at);
        if (await moveState.ExecuteAsync(effect.State, effect.BySystem ? null : moment, effect.ConversationId, effect.Version) == 0)
        {
            return false;
        }

        if (effect.Joined.Count > 0)
        {
            await JoinAsync(effect, at);
        }

        foreach (var withdrawal in effect.Withdrawals)
        {
            await WithdrawAsync(effect.ConversationId, withdrawal);
        }

        foreach (var forgotten in effect.Forgets)
        {
            await ForgetAsync(forgotten);
        }

        foreach (var change in effect.Changes)
        {
            await change(database);
        }

        foreach (var message in effect.Replies)
        {
            await reply.ExecuteAsync(effect.ConversationId, effect.Seq, message.Text, message.Extra, effect.Sends ? (int)Delivery.Pending : null, moment);
        }

        await finish.ExecuteAsync(moment, effect.Extra, effect.ConversationId, effect.Seq);
        if (effect.Rows.Count > 0)
        {
            database.AddRange(effect.Rows);
            await database.SaveChangesAsync();
        }

        return true;
    }

    // One utterance has one text in one place, so that what is taken back is gone.
    private async Task JoinAsync(TurnEffect effect, DateTimeOffset at)
    {
        var said = database.Set<ActivityRow>().Where(activity => activity.ConversationId == effect.ConversationId);
        await said.Where(activity => activity.Seq == effect.Seq).ExecuteUpdateAsync(set => set.SetProperty(activity => activity.Text, effect.Whole));
        await said.Where(activity => effect.Joined.Contains(activity.Seq)).ExecuteUpdateAsync(set => set
            .SetProperty(activity => activity.Text, (string?)null)
            .SetProperty(activity => activity.Extra, activity => effect.Extra ?? activity.Extra)
            .SetProperty(activity => activity.DoneAt, at));
    }

    private async Task WithdrawAsync(string conversationId, Withdrawal withdrawal)
    {
        var since = database.Set<ActivityRow>().Where(activity => activity.ConversationId == conversationId && activity.Seq >= withdrawal.Seq);
        await since.Where(activity => activity.Seq == withdrawal.Seq)
            .ExecuteUpdateAsync(set => set.SetProperty(activity => activity.Text, Withdrawal.Blank));
        foreach (var said in await since.AsNoTracking().Where(activity => !activity.Incoming && activity.Text != null)
            .Select(activity => new { activity.Seq, activity.Text }).ToListAsync())
        {
            var left = withdrawal.EraseFrom(said.Text!);
            if (left != said.Text)
            {
                await since.Where(activity => activity.Seq == said.Seq).ExecuteUpdateAsync(set => set.SetProperty(activity => activity.Text, left));
            }
        }
    }

    private async Task ForgetAsync(Forgotten forgotten)
    {
        var said = database.Set<ActivityRow>().Where(activity => activity.Text != null && activity.Text.Contains(forgotten.Words)
            && database.Set<Conversation>().Any(conversation => conversation.Id == activity.ConversationId && conversation.CitizenId == forgotten.CitizenId));
        foreach (var activity in await said.AsNoTracking().Select(activity => new { activity.ConversationId, activity.Seq, activity.Text }).ToListAsync())
        {
            var left = Withdrawal.EraseWords(activity.Text!, forgotten.Words);
            await said.Where(row => row.ConversationId == activity.ConversationId && row.Seq == activity.Seq)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Text, left));
        }
    }

    internal async Task CommitAsync(IReadOnlyList<Func<TurnSession, ValueTask>> writes)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        Enlist(transaction);
        await database.Database.UseTransactionAsync(transaction);
        try
        {
            foreach (var write in writes)
            {
                await write(this);
            }

            await transaction.CommitAsync();
        }
        finally
        {
            database.ChangeTracker.Clear();
            await database.Database.UseTransactionAsync(null);
        }
    }

    internal int Checkpoint(IDatabase kind, int writes) => kind.Checkpoint(connection, writes);

    internal bool Scrub(IDatabase kind) => kind.Scrub(connection);

    public void Dispose()
    {
        foreach (var statement in Statements)
        {
            statement.Dispose();
        }

        database.Dispose();
        connection.Dispose();
    }

    private static long Stored(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    private PreparedStatement[] Statements =>
        [insertCitizen, insertConversation, findAddress, unblock, accept, findAccepted, textAccepted, moveState, reply, finish, deliver, forgetAddress];

    private void Enlist(DbTransaction transaction)
    {
        foreach (var statement in Statements)
        {
            statement.Enlist(transaction);
        }
    }

    private PreparedStatement Prepare(string sql, params string[] names) => new(connection, sql, names);
}
