using System.Globalization;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Storage;
using Activity = Microsoft.Bot.Schema.Activity;

namespace OgpBot.Channels.BotFramework;

/// <summary>
/// Keeps what an activity brings, under its permanent key. A second time changes nothing. What is no message, no edit and no arrival is ignored.
/// </summary>
internal sealed class IncomingActivities(ConversationInbox inbox, ConversationReader reader, Lazy<DialogLibrary> library, Ids ids) : ActivityHandler
{
    /// <summary>The beginning of the key of an activity whose sender waits for the replies. They come with the answer, so none of them is sent.</summary>
    internal const string Awaited = "awaited:";

    /// <summary>The beginning of all other keys.</summary>
    internal const string Brought = "activity:";

    protected override Task OnMessageActivityAsync(ITurnContext<IMessageActivity> turnContext, CancellationToken cancellationToken)
    {
        var activity = (Activity)turnContext.Activity;
        var address = BotFrameworkAddress.Of(activity).ToString();
        if (activity.Conversation.IsGroup == true)
        {
            // A group gets one sentence, with the first thing that is said in it, and silence after.
            return reader.FindByAddress(BotFrameworkOutbox.Channel, address) is null
                ? KeepAsync(turnContext, ActivityKind.Group, activity.Id, null, cancellationToken)
                : Task.CompletedTask;
        }

        var text = string.IsNullOrEmpty(activity.Text) ? activity.Value as string : activity.Text;
        var kind = string.IsNullOrEmpty(text) && activity.Attachments is { Count: > 0 } ? ActivityKind.Unreadable : ActivityKind.Message;
        return KeepAsync(turnContext, kind, activity.Id, IncomingText.Clean(text ?? ""), cancellationToken);
    }

    protected override Task OnMessageUpdateActivityAsync(ITurnContext<IMessageUpdateActivity> turnContext, CancellationToken cancellationToken) =>
        KeepAsync(turnContext, ActivityKind.Edited, $"{turnContext.Activity.Id}@{turnContext.Activity.Timestamp?.UtcTicks.ToString(CultureInfo.InvariantCulture)}", null, cancellationToken);

    // Whoever wrote before she was announced was greeted with that.
    protected override Task OnMembersAddedAsync(
        IList<ChannelAccount> membersAdded, ITurnContext<IConversationUpdateActivity> turnContext, CancellationToken cancellationToken)
    {
        const string Id = "start";
        var activity = (Activity)turnContext.Activity;
        activity.From = membersAdded.First(member => member.Id != activity.Recipient?.Id);
        var known = reader.FindByAddress(BotFrameworkOutbox.Channel, BotFrameworkAddress.Of(activity).ToString());
        return activity.Conversation.IsGroup == true || (known is not null && !reader.Knows(known, KeyOf(activity, Id)))
            ? Task.CompletedTask
            : KeepAsync(turnContext, ActivityKind.Start, Id, null, cancellationToken);
    }

    private async Task KeepAsync(ITurnContext turn, ActivityKind kind, string? id, string? text, CancellationToken cancellationToken)
    {
        var address = BotFrameworkAddress.Of(turn.Activity);
        var incoming = new Incoming("", KeyOf(turn.Activity, string.IsNullOrEmpty(id) ? ids.Next() : id), kind, text, null);
        turn.TurnState.Set(await inbox.AcceptFromAddressAsync(
            BotFrameworkOutbox.Channel, address.ToString(), library.Value.LanguageOf(turn.Activity.Locale) ?? LocalizedText.DefaultLanguage, incoming, cancellationToken, address.Beginning));
    }

    private static string KeyOf(Activity activity, string id) =>
        (activity.DeliveryMode == DeliveryModes.ExpectReplies ? Awaited : Brought) + ActivityIds.Keep(id);
}
