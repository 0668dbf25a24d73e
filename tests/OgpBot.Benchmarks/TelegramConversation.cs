namespace OgpBot.Benchmarks;

/// <summary>One citizen's chat on Telegram: say, and wait for the step or the folio that answers it.</summary>
internal sealed class TelegramConversation : IConversation
{
    // Telegram lets a chat have one message a second, and a turn may bring several.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    private static long chats = 1_000_000;

    private readonly TelegramPeer peer;
    private readonly long chat = Interlocked.Increment(ref chats);

    private TelegramConversation(TelegramPeer peer) => this.peer = peer;

    /// <summary>Opens a chat and reads the welcome.</summary>
    public static async Task<IConversation> StartAsync(TelegramPeer peer, CancellationToken cancellation)
    {
        var conversation = new TelegramConversation(peer);
        peer.Say(conversation.chat, "/start");
        _ = await conversation.AwaitAsync(text => text.EndsWith('?'), cancellation);
        return conversation;
    }

    public Task<string> SayAsync(string text, CancellationToken cancellation)
    {
        peer.Say(chat, text);
        return AwaitAsync(answer => answer.StartsWith("Paso ", StringComparison.Ordinal) || Crowd.HasFolio(answer), cancellation);
    }

    private async Task<string> AwaitAsync(Func<string, bool> isAwaited, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerLimit);
        try
        {
            string heard;
            do
            {
                heard = await peer.HearAsync(chat, limit.Token);
            }
            while (!isAwaited(heard));
            return heard;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The bot did not answer within {AnswerLimit.TotalSeconds:0} s.");
        }
    }
}
