using OgpBot.Conversations.Outbox;

namespace OgpBot.Channels.BotFramework;

/// <summary>How a call to the connector ended.</summary>
/// <param name="Reason">For the log: neither a text nor a token.</param>
/// <param name="RetryAfter">The connector's own word on how long to wait.</param>
internal sealed record ConnectorAnswer(DeliveryRemedy Remedy, string Reason = "", TimeSpan? RetryAfter = null)
{
    /// <summary>How long to wait before the call is made again.</summary>
    /// <param name="failures">How often it has failed by now, from 1.</param>
    internal TimeSpan WaitAfter(int failures) => RetryAfter ?? OutboxChannel.BackOff(failures);
}
