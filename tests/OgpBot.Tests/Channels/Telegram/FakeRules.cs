namespace OgpBot.Tests.Channels.Telegram;

/// <summary>What a bot must not do, and how often it did. Faults that the server makes up count for nothing; only the bot's own doings do.</summary>
internal sealed class FakeRules
{
    internal const string AllowedUpdatesMissing = "allowed_updates_missing";
    internal const string BodyMalformed = "body_malformed";
    internal const string ButtonAction = "button_action";
    internal const string ButtonTextEmpty = "button_text_empty";
    internal const string CallbackAnsweredLate = "callback_answered_late";
    internal const string CallbackAnswerTooLong = "callback_answer_too_long";
    internal const string CallbackDataSize = "callback_data_size";
    internal const string CallbackUnanswered = "callback_unanswered";
    internal const string CallbackUnknown = "callback_unknown";
    internal const string ChatNotFound = "chat_not_found";
    internal const string ChatRate = "chat_rate";
    internal const string CommandMalformed = "command_malformed";
    internal const string ConfirmedNeverDelivered = "confirmed_never_delivered";
    internal const string DescriptionTooLong = "description_too_long";
    internal const string IgnoredRetryAfter = "ignored_retry_after";
    internal const string MethodUnknown = "method_unknown";
    internal const string NotModified = "not_modified";
    internal const string OffsetBackwards = "offset_backwards";
    internal const string OverallRate = "overall_rate";
    internal const string ParameterUnknown = "parameter_unknown";
    internal const string PollWithWebhook = "poll_with_webhook";
    internal const string RepeatSendAfter403 = "repeat_send_after_403";
    internal const string RetriedAfter4xx = "retried_after_4xx";
    internal const string ServerMistake = "server_mistake";
    internal const string TextEmpty = "text_empty";
    internal const string TextMalformed = "text_malformed";
    internal const string TextTooLong = "text_too_long";
    internal const string TwoPollers = "two_pollers";
    internal const string WebhookMalformed = "webhook_malformed";
    internal const string WrongToken = "wrong_token";

    private const int MostNotes = 100;
    private readonly SortedDictionary<string, int> broken = new(StringComparer.Ordinal);

    /// <summary>The first hundred, with what was wrong, for the message of a test that fails.</summary>
    internal List<string> Notes { get; } = [];

    internal IReadOnlyDictionary<string, int> Broken => new SortedDictionary<string, int>(broken, StringComparer.Ordinal);

    internal void Break(string rule, string detail, int times = 1)
    {
        broken[rule] = broken.GetValueOrDefault(rule) + times;
        if (Notes.Count < MostNotes)
        {
            Notes.Add($"{rule}: {detail}");
        }
    }
}
