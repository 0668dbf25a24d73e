namespace OgpBot.Conversations.Outbox;

/// <summary>A way in which messages reach citizens.</summary>
public interface IChannel
{
    /// <summary>The name of the web channel, which the page and the terminal speak for too.</summary>
    internal const string Web = "web";

    /// <summary>As conversations and submissions name it: <c>web</c>, <c>telegram</c> or <c>botframework</c>.</summary>
    string Name { get; }

    /// <summary>Whether messages must be sent; otherwise the client comes and reads them.</summary>
    bool Sends { get; }

    /// <summary>Splits a text into messages that the channel takes.</summary>
    IReadOnlyList<string> Split(string text);

    /// <summary>There is something new to be sent or read. It must return at once.</summary>
    void Announce(string conversationId);

    /// <summary>
    /// Shows for some seconds that an answer is being written. It must return at once. Nothing of it is stored, and a failure does not matter.
    /// </summary>
    void ShowTyping(string conversationId);
}
