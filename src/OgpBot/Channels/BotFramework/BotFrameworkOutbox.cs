using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Channels.BotFramework;

/// <summary>
/// Sends replies to where the conversation came from. The connector is made for the first of them, so Bot Builder does nothing where the channel is off.
/// </summary>
internal sealed partial class BotFrameworkOutbox(
    BotFrameworkSettings settings, Lazy<BotFrameworkConnector> connector, ConversationReader reader, TurnWriter writer, DatabaseStart start, TimeProvider clock,
    ILogger<BotFrameworkOutbox> logger) : OutboxChannel(reader, writer, start, clock)
{
    internal const string Channel = "botframework";

    public override string Name => Channel;

    protected override bool IsOn => settings.IsOn;

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Refusal is { } refusal)
        {
            Log.Stopped(logger, refusal);
        }

        return base.ExecuteAsync(stoppingToken);
    }

    protected override async Task ShowTypingAsync(string conversationId)
    {
        await Task.Yield();
        try
        {
            if (Reader.AddressOf(conversationId) is { } written && BotFrameworkAddress.Read(written) is var address && settings.MaySendTo(address.Service))
            {
                await connector.Value.ShowTypingAsync(address, Stopping);
            }
        }
        catch (Exception error) when (error is StorageUnavailableException or OperationCanceledException)
        {
            // The answer itself will tell what is wrong.
        }
    }

    protected override async Task<bool> TrySendAsync(OutboxMessage message)
    {
        if (message.Address is null || message.Blocked)
        {
            await FinishAsync(message, Delivery.GivenUp);
            return true;
        }

        var key = message.ReplyTo is { } answered ? Reader.ClientIdOf(message.ConversationId, answered) : null;
        if (key?.StartsWith(IncomingActivities.Awaited, StringComparison.Ordinal) == true)
        {
            // Its sender reads it, and reads it again where that answer was lost.
            await FinishAsync(message, Delivery.Sent);
            return true;
        }

        // A long id was not kept as it was, and so is none that the channel knows; it passes such a one by.
        var address = BotFrameworkAddress.Read(message.Address);
        var replyTo = key?.StartsWith(IncomingActivities.Brought, StringComparison.Ordinal) == true ? key[IncomingActivities.Brought.Length..] : null;
        return settings.MaySendTo(address.Service) && await TrySendAsync(message, address, replyTo);
    }

    private async Task<bool> TrySendAsync(OutboxMessage message, BotFrameworkAddress address, string? replyTo)
    {
        for (var failures = 1; Reader.IsToBeSent(message.ConversationId, message.Seq); failures++)
        {
            var answer = await connector.Value.SendAsync(address, message, replyTo, Stopping);
            switch (answer.Remedy)
            {
                case DeliveryRemedy.Retry:
                    await Task.Delay(answer.WaitAfter(failures), Clock, Stopping);
                    continue;
                case DeliveryRemedy.StopChannel:
                    Log.Stopped(logger, answer.Reason);
                    return false;
                case DeliveryRemedy.StopConversation:
                    await StoreAsync(session => session.BlockAsync(Channel, message.Address!, Clock.GetUtcNow()));
                    break;
                case DeliveryRemedy.GiveUp:
                    Log.GivenUp(logger, answer.Reason);
                    break;
            }

            await FinishAsync(message, answer.Remedy == DeliveryRemedy.Done ? Delivery.Sent : Delivery.GivenUp);
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A message on Bot Framework is refused for ever: {Reason}")]
        internal static partial void GivenUp(ILogger logger, string reason);

        [LoggerMessage(Level = LogLevel.Critical, Message = "The Bot Framework channel has stopped: {Reason} The other channels go on.")]
        internal static partial void Stopped(ILogger logger, string reason);
    }
}
