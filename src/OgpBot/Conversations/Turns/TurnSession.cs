using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OgpBot.Calls;
using OgpBot.Conversations.Messages;
using OgpBot.Storage;

namespace OgpBot.Conversations.Turns;

/// <summary>
/// The writer's connection: all that a turn or a channel writes. Most is plain SQL in <see cref="TurnStatements"/>, since every message passes here and EF Core
/// would cost several times the processor. Nothing is kept before the writer commits.
/// </summary>
public sealed class TurnSession : IDisposable
{
    private readonly DbConnection connection;
    private readonly OgpBotDb database;
    private readonly TurnStatements statements;

    internal TurnSession(DbConnection connection, OgpBotDb database)
    {
        this.connection = connection;
        this.database = database;
        statements = new TurnStatements(connection);
    }

    /// <summary>For writes that are not of every turn.</summary>
    public OgpBotDb Database => database;

    /// <returns>False where it was there before.</returns>
    public async ValueTask<bool> CreateAsync(Conversation conversation)
    {
        await statements.InsertCitizen.ExecuteAsync(conversation.CitizenId);
        return await statements.InsertConversation.ExecuteAsync(
            conversation.Id, conversation.Channel, conversation.CitizenId, conversation.Address, conversation.Language, Stored(conversation.CreatedAt)) > 0;
    }

    /// <summary>The conversation that a channel sends to at this address, or null.</summary>
    public async ValueTask<string?> FindByAddressAsync(string channel, string address) => await statements.FindAddress.ScalarAsync(channel, address) as string;

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
    public async ValueTask UnblockAsync(string conversationId) => await statements.Unblock.ExecuteAsync(conversationId);

    /// <summary>Notes how far a message of the bot has come, and the number that the channel gave it.</summary>
    public async ValueTask<bool> DeliverAsync(string conversationId, int seq, Delivery delivery, long? sentAs) =>
        await statements.Deliver.ExecuteAsync((int)delivery, sentAs, conversationId, seq) > 0;

    /// <summary>Forgets where to send to, once all was sent and if nothing was said since the texts were erased.</summary>
    public async ValueTask<bool> ForgetAddressAsync(string conversationId) => await statements.ForgetAddress.ExecuteAsync(conversationId) > 0;

    /// <summary>
    /// Keeps an incoming activity under its client's id; a repeated one gets the number of the first. Number 0: there is no such conversation.
    /// </summary>
    public async ValueTask<Accepted> AcceptAsync(Incoming incoming, DateTimeOffset at)
    {
        var seq = await statements.Accept.ScalarAsync(
            incoming.ConversationId, incoming.ClientId, (int)incoming.Kind, incoming.Text, incoming.Extra, incoming.Number, Stored(at));
        return seq is not null
            ? new Accepted(Convert.ToInt32(seq, CultureInfo.InvariantCulture), IsNew: true)
            : new Accepted(
                Convert.ToInt32(await statements.FindAccepted.ScalarAsync(incoming.ConversationId, incoming.ClientId), CultureInfo.InvariantCulture),
                IsNew: false,
                await statements.TextAccepted.ScalarAsync(incoming.ConversationId, incoming.ClientId) as string);
    }

    /// <summary>Writes all that a turn changes.</summary>
    /// <returns>False where another turn moved the state first; then nothing was written.</returns>
    public async ValueTask<bool> ApplyAsync(TurnEffect effect, DateTimeOffset at)
    {
        var moment = Stored(at);
        if (await statements.MoveState.ExecuteAsync(effect.State, effect.BySystem ? null : moment, effect.ConversationId, effect.Version) == 0)
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
            await statements.InsertReply.ExecuteAsync(
                effect.ConversationId, effect.Seq, message.Text, message.Extra, effect.Sends ? (int)Delivery.Pending : null, moment);
        }

        await statements.Finish.ExecuteAsync(moment, effect.Extra, effect.ConversationId, effect.Seq);
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
        statements.Enlist(transaction);
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
        database.Dispose();
        statements.Dispose();
    }

    private static long Stored(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();
}
