using System.Collections.Concurrent;

namespace OgpBot.Conversations.Outbox;

/// <summary>Tells those who watch a conversation that there is something new. It carries no content: that is read from the database.</summary>
public sealed class ConversationFeed
{
    private readonly ConcurrentDictionary<string, Watch[]> watches = new();

    public Watch Open(string conversationId)
    {
        var watch = new Watch(this, conversationId);
        watches.AddOrUpdate(conversationId, [watch], (_, others) => [.. others, watch]);
        return watch;
    }

    public void Announce(string conversationId)
    {
        if (watches.TryGetValue(conversationId, out var found))
        {
            foreach (var watch in found)
            {
                watch.Signal();
            }
        }
    }

    private void Close(string conversationId, Watch watch)
    {
        while (watches.TryGetValue(conversationId, out var found))
        {
            var rest = found.Where(other => other != watch).ToArray();
            var closed = rest.Length == 0
                ? watches.TryRemove(KeyValuePair.Create(conversationId, found))
                : watches.TryUpdate(conversationId, rest, found);
            if (closed)
            {
                return;
            }
        }
    }

    /// <summary>One watcher. News that comes while it is busy is kept, once.</summary>
    public sealed class Watch(ConversationFeed feed, string conversationId) : IDisposable
    {
        private readonly SemaphoreSlim news = new(0, 1);

        /// <returns>False where the time was over before there was news.</returns>
        public Task<bool> WaitAsync(TimeSpan limit, CancellationToken cancellationToken) => news.WaitAsync(limit, cancellationToken);

        // Not disposed but left to the collector: a signal may come at the same moment.
        public void Dispose() => feed.Close(conversationId, this);

        internal void Signal()
        {
            lock (news)
            {
                if (news.CurrentCount == 0)
                {
                    news.Release();
                }
            }
        }
    }
}
