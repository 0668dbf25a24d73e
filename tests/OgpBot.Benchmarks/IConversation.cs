namespace OgpBot.Benchmarks;

/// <summary>One citizen's conversation on some channel.</summary>
internal interface IConversation
{
    /// <summary>One turn: the text that answers it.</summary>
    /// <exception cref="TimeoutException">Nothing did in time.</exception>
    Task<string> SayAsync(string text, CancellationToken cancellation);
}
