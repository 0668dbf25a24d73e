using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Conversations.Messages;

/// <summary>Takes in what channels bring. It is kept, then acknowledged, then answered.</summary>
public sealed class ConversationInbox(TurnWriter writer, TurnQueue queue, ConversationFeed feed, Ids ids, TimeProvider clock)
{
    // Channels never hand in an empty id, so no client's message is taken for the start.
    private const string StartId = "";

    /// <summary>Begins a conversation, with a citizen of its own and a welcome; a second call finds the first.</summary>
    /// <returns>False where it was there before.</returns>
    public async Task<bool> BeginAsync(string conversationId, string channel, string language, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var conversation = New(conversationId, channel, null, language, now);
        var start = new Incoming(conversationId, StartId, ActivityKind.Start, null, null);
        var (isNew, kept) = await writer.WriteAsync(
            async session => await session.CreateAsync(conversation)
                ? (true, await session.AcceptAsync(start, now))
                : (false, default),
            cancellationToken);
        if (isNew)
        {
            queue.Enqueue(conversationId, kept.Seq);
        }

        return isNew;
    }

    /// <summary>
    /// Keeps what came from an address that the channel sends to; at the first time the conversation begins with it. When this returns it is safe.
    /// </summary>
    /// <param name="beginning">Where the end of an address may change: an address that begins so is moved to this one.</param>
    public async Task<Arrival> AcceptFromAddressAsync(
        string channel, string address, string language, Incoming incoming, CancellationToken cancellationToken, string? beginning = null)
    {
        var now = clock.GetUtcNow();
        var accepted = await writer.WriteAsync(
            async session =>
            {
                var id = await session.FindByAddressAsync(channel, address);
                if (id is null && beginning is not null && await session.MoveAddressAsync(channel, beginning, address))
                {
                    id = await session.FindByAddressAsync(channel, address);
                }

                if (id is null)
                {
                    id = ids.Next();
                    await session.CreateAsync(New(id, channel, address, language, now));
                }

                var kept = await session.AcceptAsync(incoming with { ConversationId = id }, now);
                if (kept.IsNew)
                {
                    await session.UnblockAsync(id);
                }

                return (Id: id, Kept: kept);
            },
            cancellationToken);
        if (accepted.Kept.IsNew)
        {
            queue.Enqueue(accepted.Id, accepted.Kept.Seq);
        }

        return new Arrival(accepted.Id, accepted.Kept.Seq);
    }

    /// <summary>Keeps what came in; when this returns it is safe and may be acknowledged. A repeated one is answered once only.</summary>
    /// <returns>The number of the activity, of the first one where it was repeated; null where there is no such conversation.</returns>
    /// <exception cref="OtherTextException">Another text was kept under its id.</exception>
    public async Task<int?> AcceptAsync(Incoming incoming, CancellationToken cancellationToken)
    {
        var kept = await writer.WriteAsync(session => session.AcceptAsync(incoming, clock.GetUtcNow()), cancellationToken);
        if (kept.IsNew)
        {
            queue.Enqueue(incoming.ConversationId, kept.Seq);
            feed.Announce(incoming.ConversationId);
        }
        else if (kept.IsOther(incoming))
        {
            throw new OtherTextException();
        }

        return kept.Seq > 0 ? kept.Seq : null;
    }

    private Conversation New(string id, string channel, string? address, string language, DateTimeOffset now) => new()
    {
        Id = id,
        Channel = channel,
        CitizenId = ids.Next(),
        Address = address,
        Language = language,
        CreatedAt = now,
        ActiveAt = now,
    };
}

/// <summary>A client gave two texts the same id; the second is not kept, and the client must be told.</summary>
public sealed class OtherTextException() : Exception("Another text was kept under this id.");
