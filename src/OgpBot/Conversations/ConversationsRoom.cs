using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;

namespace OgpBot.Conversations;

/// <summary>Registers the turns. Channels come between the two parts, for they fill and send what lies in the outbox.</summary>
internal static class ConversationsRoom
{
    /// <summary>What channels need: messages are read and written.</summary>
    internal static void AddConversations(this IServiceCollection services)
    {
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<ConversationFeed>();
        services.AddHosted<TurnWriter>();
    }

    /// <summary>What needs the channels: turns are run.</summary>
    internal static void AddTurns(this IServiceCollection services)
    {
        services.AddSingleton<DialogRunner>();
        services.AddSingleton<TurnRunner>();
        services.AddHosted<TurnQueue>();
        services.AddSingleton<ConversationInbox>();
    }
}
