using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.Identity.Client;
using Microsoft.Rest;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using KnownChannels = Microsoft.Bot.Connector.Channels;

namespace OgpBot.Channels.BotFramework;

/// <summary>Writes messages as activities and sends them through Bot Builder's client. What that throws becomes a <see cref="DeliveryRemedy"/>.</summary>
internal sealed class BotFrameworkConnector(Func<Uri, IConnectorClient> open, TimeProvider clock)
{
    // Teams shows no more than so many suggested actions; the others would be lost without a word.
    private const int MostActionsOnTeams = 6;
    private const int LongestAnswer = 1024 * 1024;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Uri, IConnectorClient> clients = new();

    internal static BotFrameworkConnector Open(BotFrameworkSettings settings, TimeProvider clock)
    {
        // Not redirected: the address that was checked is the one that is called.
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        ServiceClientCredentials token = settings.IsAnonymous ? MicrosoftAppCredentials.Empty : new ConnectorToken(settings);
        return new(service => new ConnectorClient(service, token, http, disposeHttpClient: false), clock);
    }

    internal static Activity Write(BotFrameworkAddress address, string text, string? extra, string? replyTo)
    {
        var choices = ActivityExtra.Read(extra).Choices ?? [];
        var isListed = address.ChannelId == KnownChannels.Msteams && choices.Count > MostActionsOnTeams;
        var activity = Begin(ActivityTypes.Message, address);
        activity.ReplyToId = replyTo;
        activity.Text = isListed
            ? string.Join('\n', choices.Select((label, at) => string.Create(CultureInfo.InvariantCulture, $"{at + 1}. {label}")).Prepend(text))
            : text;
        activity.TextFormat = TextFormatTypes.Plain;
        activity.InputHint = InputHints.ExpectingInput;
        activity.SuggestedActions = choices.Count == 0 || isListed
            ? null
            : new SuggestedActions(actions: [.. choices.Select(label => new CardAction(ActionTypes.ImBack, label, value: label))]);
        return activity;
    }

    internal Task<ConnectorAnswer> SendAsync(BotFrameworkAddress address, OutboxMessage message, string? replyTo, CancellationToken cancellationToken) =>
        CallAsync(address, Write(address, message.Text, message.Extra, replyTo), cancellationToken);

    internal Task<ConnectorAnswer> ShowTypingAsync(BotFrameworkAddress address, CancellationToken cancellationToken) =>
        CallAsync(address, Begin(ActivityTypes.Typing, address), cancellationToken);

    private static Activity Begin(string type, BotFrameworkAddress address) => new(type)
    {
        ChannelId = address.ChannelId,
        ServiceUrl = address.Service.AbsoluteUri,
        Conversation = new ConversationAccount(id: address.ConversationId),
        From = new ChannelAccount(address.Bot ?? "ogpbot", "OgpBot", role: RoleTypes.Bot),
        Recipient = address.Citizen is null ? null : new ChannelAccount(address.Citizen),
    };

    private async Task<ConnectorAnswer> CallAsync(BotFrameworkAddress address, Activity activity, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(AnswerLimit, clock);
        using var lateOrUnwanted = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await clients.GetOrAdd(address.Service, open).Conversations.SendToConversationAsync(activity, lateOrUnwanted.Token);
            return new(DeliveryRemedy.Done);
        }
        catch (SerializationException)
        {
            // It was taken, only the answer can't be read.
            return new(DeliveryRemedy.Done);
        }
        catch (ErrorResponseException error)
        {
            return Of((int)error.Response.StatusCode, error.Response.Headers);
        }
        catch (MsalServiceException error) when (error.StatusCode is 400 or 401)
        {
            return new(DeliveryRemedy.StopChannel, $"no token is given for OgpBot:BotFramework:AppId and AppPassword ({error.ErrorCode}).");
        }
        catch (Exception error) when (error is HttpRequestException or IOException or MsalException or OperationCanceledException)
        {
            // The names of types only: an address or a token may stand in the messages.
            cancellationToken.ThrowIfCancellationRequested();
            return new(DeliveryRemedy.Retry, error.GetType().Name);
        }
    }

    private ConnectorAnswer Of(int status, IDictionary<string, IEnumerable<string>> headers) => status switch
    {
        401 => new(DeliveryRemedy.StopChannel, "the connector does not take the token of OgpBot:BotFramework:AppId."),
        403 or 404 or 410 => new(DeliveryRemedy.StopConversation, $"{status}"),
        408 or 412 or 429 or >= 500 => new(DeliveryRemedy.Retry, $"{status}", RetryAfter(headers)),
        _ => new(DeliveryRemedy.GiveUp, $"the connector answered {status}."),
    };

    private TimeSpan? RetryAfter(IDictionary<string, IEnumerable<string>> headers)
    {
        var value = headers.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
            : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at) && at > clock.GetUtcNow() ? at - clock.GetUtcNow()
            : null;
    }
}
