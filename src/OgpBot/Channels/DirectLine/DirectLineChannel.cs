using OgpBot.Conversations.Outbox;

namespace OgpBot.Channels.DirectLine;

/// <summary>The web channel. Clients come and read what there is; those on a stream are told when there is something.</summary>
internal sealed class DirectLineChannel(ConversationFeed feed) : IChannel
{
    public string Name => IChannel.Web;

    public bool Sends => false;

    public IReadOnlyList<string> Split(string text) => [text];

    public void Announce(string conversationId) => feed.Announce(conversationId);

    // Each stream shows it by itself while a turn of its conversation is in hand.
    public void ShowTyping(string conversationId)
    {
    }
}
