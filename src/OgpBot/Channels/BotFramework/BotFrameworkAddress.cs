using System.Text.Json;
using Microsoft.Bot.Schema;

namespace OgpBot.Channels.BotFramework;

/// <summary>Where a conversation is. It is all that is kept of a citizen's account there, and all that is needed to write to her first.</summary>
internal sealed record BotFrameworkAddress(string ChannelId, string ConversationId, string? Bot, string? Citizen, Uri Service)
{
    /// <summary>How each address of this conversation begins; what comes after may change, as Teams moves conversations to other servers.</summary>
    internal string Beginning => $"{Write([ChannelId, ConversationId])[..^1]},";

    internal static BotFrameworkAddress Of(Activity activity) => new(
        activity.ChannelId, activity.Conversation.Id, activity.Recipient?.Id, activity.Conversation.IsGroup == true ? null : activity.From?.Id, new Uri(activity.ServiceUrl));

    internal static BotFrameworkAddress Read(string address) => JsonSerializer.Deserialize<string[]>(address) is [{ } channel, { } conversation, var bot, var citizen, { } service]
        ? new BotFrameworkAddress(channel, conversation, bot, citizen, new Uri(service))
        : throw new FormatException("an address of another form");

    public override string ToString() => Write([ChannelId, ConversationId, Bot, Citizen, Service.AbsoluteUri]);

    private static string Write(string?[] parts) => JsonSerializer.Serialize(parts);
}
