using System.Text;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Newtonsoft.Json;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;
using OgpBot.Http;

namespace OgpBot.Channels.BotFramework;

/// <summary>
/// <c>POST /api/messages</c>: an activity comes in, is stored, and then acknowledged. Replies are sent later, or come with the answer where the sender waits
/// for them.
/// </summary>
internal static class BotFrameworkEndpoint
{
    internal const string Path = "/api/messages";

    // Longer than any room may take to answer, and shorter than senders wait.
    private static readonly TimeSpan ReplyWait = TimeSpan.FromSeconds(12);

    private static readonly JsonSerializerSettings Json = new()
    {
        MaxDepth = 32,
        DateParseHandling = DateParseHandling.None,
        NullValueHandling = NullValueHandling.Ignore,
    };

    internal static void MapBotFramework(this IEndpointRouteBuilder app) => app.MapPost(Path, PostAsync).AllowAnonymous();

    private static async Task PostAsync(
        HttpContext http, BotFrameworkSettings settings, BotFrameworkTokens tokens, IncomingActivities incoming, ConversationReader reader, TurnQueue queue)
    {
        var token = settings.IsAnonymous ? null : await tokens.ReadAsync(http);
        var activity = Read(await http.BodyAsync());
        var service = Uri.TryCreate(activity.ServiceUrl, UriKind.Absolute, out var address) ? address : throw HttpProblem.NoAddress();
        if (!settings.MaySendTo(service) || token?.IsFor(activity) == false)
        {
            throw HttpProblem.WrongToken();
        }

        using var turn = new TurnContext(new NothingSent(), activity);
        await incoming.OnTurnAsync(turn, http.RequestAborted);
        if (activity.DeliveryMode == DeliveryModes.ExpectReplies)
        {
            var replies = turn.TurnState.Get<Arrival>() is { } arrival ? await RepliesAsync(activity, arrival, reader, queue, http.RequestAborted) : [];
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.WriteAsync(JsonConvert.SerializeObject(new ExpectedReplies(replies), Json), http.RequestAborted);
        }
    }

    private static Activity Read(byte[] json)
    {
        try
        {
            var activity = JsonConvert.DeserializeObject<Activity>(Encoding.UTF8.GetString(json), Json);
            return activity switch
            {
                null or { Type: null or "" } => throw HttpProblem.NoType(),
                { ChannelId: { Length: > 0 }, Conversation.Id: { Length: > 0 } } => activity,
                _ => throw HttpProblem.NoAddress(),
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or InvalidCastException)
        {
            throw HttpProblem.MalformedJson();
        }
    }

    // A sender that asks again under the same id gets the same replies.
    private static async Task<List<Activity>> RepliesAsync(
        Activity asked, Arrival arrival, ConversationReader reader, TurnQueue queue, CancellationToken cancellationToken)
    {
        await queue.WhenIdleAsync(arrival.ConversationId, ReplyWait, cancellationToken);
        if (reader.Unfinished(arrival.ConversationId, arrival.Seq) is not null)
        {
            throw HttpProblem.NotAnsweredYet();
        }

        var address = BotFrameworkAddress.Of(asked);
        return
        [
            .. reader.ActivitiesAfter(arrival.ConversationId, arrival.Seq).Where(row => row.ReplyTo == arrival.Seq && !row.Incoming)
                .Select(row => BotFrameworkConnector.Write(address, row.Text ?? "", row.Extra, asked.Id)),
        ];
    }

    // Bot Builder's way to answer at once is not ours: replies are stored first.
    private sealed class NothingSent : BotAdapter
    {
        public override Task<ResourceResponse[]> SendActivitiesAsync(ITurnContext turnContext, Activity[] activities, CancellationToken cancellationToken) =>
            Task.FromResult(Array.ConvertAll(activities, _ => new ResourceResponse()));

        public override Task<ResourceResponse> UpdateActivityAsync(ITurnContext turnContext, Activity activity, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public override Task DeleteActivityAsync(ITurnContext turnContext, ConversationReference reference, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
