using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// The Bot API (https://core.telegram.org/bots/api), one method a call. It sends, reads and translates errors; it never waits, repeats or logs:
/// pace is <see cref="TelegramPace"/>'s business, and what to do after an error is told by <see cref="TelegramProblem.Remedy"/>.
/// Texts are sent with parse_mode HTML: escape with <see cref="TelegramText.Escape"/>.
/// </summary>
internal sealed partial class TelegramClient : IDisposable
{
    private const string Html = "HTML";
    private const int MostUpdates = 100;
    private const int LongestAnswer = 16 * 1024 * 1024;

    /// <summary>Left out, Telegram would go by what some earlier process asked for.</summary>
    private static readonly string[] AllowedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"];

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollSlack = TimeSpan.FromSeconds(10);
    private static readonly LinkPreviewOptions NoPreview = new(IsDisabled: true);

    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private readonly string place;

    /// <param name="server">Telegram's own, one's own Bot API server, or a simulated one.</param>
    /// <param name="network">Null: the real one.</param>
    /// <exception cref="TelegramProblem">The token does not look like one.</exception>
    internal TelegramClient(Uri server, string token, TimeProvider clock, HttpMessageHandler? network = null)
    {
        if (!TokenForm().IsMatch(token))
        {
            throw TelegramProblem.MalformedToken();
        }

        this.clock = clock;
        place = $"{server.AbsoluteUri.TrimEnd('/')}/bot/";
        http = new HttpClient(new TelegramTransport(token, network))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LongestAnswer,
        };
    }

    internal async Task<BotAccount> GetMeAsync(CancellationToken cancellationToken) => Read(
        "getMe", await SendAsync("getMe", new NoParameters(), AnswerLimit, cancellationToken), TelegramJson.Default.BotAccount);

    /// <summary>Confirms all updates below <paramref name="offset"/> (0: none) and waits for more, up to 50 s.</summary>
    internal async Task<UpdateBatch> GetUpdatesAsync(long offset, TimeSpan poll, CancellationToken cancellationToken)
    {
        var body = new GetUpdates(offset, MostUpdates, (int)poll.TotalSeconds, AllowedUpdates);
        var result = await SendAsync("getUpdates", body, poll + PollSlack, cancellationToken);
        if (result.ValueKind != JsonValueKind.Array)
        {
            throw TelegramProblem.Unreadable("getUpdates");
        }

        var updates = result.EnumerateArray().Select(Update.Read).OfType<Update>().OrderBy(update => update.UpdateId).DistinctBy(update => update.UpdateId);
        Update[] batch = [.. updates];
        return new UpdateBatch(batch, batch.Length == 0 ? offset : Math.Max(offset, batch[^1].UpdateId + 1));
    }

    internal Task SetWebhookAsync(Uri url, string secret, CancellationToken cancellationToken) =>
        SendAsync("setWebhook", new SetWebhook(url.AbsoluteUri, secret, AllowedUpdates), AnswerLimit, cancellationToken);

    /// <summary>Updates that wait are kept, and come with the next poll.</summary>
    internal Task DeleteWebhookAsync(CancellationToken cancellationToken) =>
        SendAsync("deleteWebhook", new NoParameters(), AnswerLimit, cancellationToken);

    /// <returns>The number of the message, by which it can be edited.</returns>
    internal async Task<long> SendMessageAsync(long chat, string html, InlineKeyboardMarkup? buttons, CancellationToken cancellationToken)
    {
        var body = new SendMessage(chat, html, Html, NoPreview, buttons);
        var sent = await SendAsync("sendMessage", body, AnswerLimit, cancellationToken);
        return sent.ValueKind == JsonValueKind.Object && sent.TryGetProperty("message_id", out var id) && id.TryGetInt64(out var number)
            ? number
            : throw TelegramProblem.Unreadable("sendMessage");
    }

    /// <summary>Without <paramref name="buttons"/> the message loses those it had.</summary>
    internal Task EditMessageTextAsync(long chat, long message, string html, InlineKeyboardMarkup? buttons, CancellationToken cancellationToken) =>
        SendAsync("editMessageText", new EditMessageText(chat, message, html, Html, NoPreview, buttons), AnswerLimit, cancellationToken);

    /// <summary>Without <paramref name="buttons"/> the message loses those it had.</summary>
    internal Task EditMessageReplyMarkupAsync(long chat, long message, InlineKeyboardMarkup? buttons, CancellationToken cancellationToken) =>
        SendAsync("editMessageReplyMarkup", new EditMessageReplyMarkup(chat, message, buttons), AnswerLimit, cancellationToken);

    /// <param name="notice">Plain text, at most 200 units, shown for a moment; null: the button only stops to spin.</param>
    internal Task AnswerCallbackQueryAsync(string query, string? notice, CancellationToken cancellationToken) =>
        SendAsync("answerCallbackQuery", new AnswerCallbackQuery(query, notice), AnswerLimit, cancellationToken);

    /// <summary>Shows for five seconds that the bot is writing.</summary>
    internal Task SendTypingAsync(long chat, CancellationToken cancellationToken) =>
        SendAsync("sendChatAction", new SendChatAction(chat, "typing"), AnswerLimit, cancellationToken);

    /// <param name="language">Two letters; null: for all others.</param>
    internal Task SetMyCommandsAsync(IReadOnlyList<BotCommand> commands, string? language, CancellationToken cancellationToken) =>
        SendAsync("setMyCommands", new SetMyCommands(commands, language), AnswerLimit, cancellationToken);

    /// <param name="description">At most 512 units.</param>
    internal Task SetMyDescriptionAsync(string description, string? language, CancellationToken cancellationToken) =>
        SendAsync("setMyDescription", new SetMyDescription(description, language), AnswerLimit, cancellationToken);

    /// <param name="description">At most 120 units.</param>
    internal Task SetMyShortDescriptionAsync(string description, string? language, CancellationToken cancellationToken) =>
        SendAsync("setMyShortDescription", new SetMyShortDescription(description, language), AnswerLimit, cancellationToken);

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SendAsync<TBody>(string method, TBody body, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var lateOrUnwanted = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, place + method) { Content = Json(body) };
            using var response = await http.SendAsync(request, lateOrUnwanted.Token);
            var envelope = ReadEnvelope(await response.Content.ReadAsByteArrayAsync(lateOrUnwanted.Token));
            return envelope is { Ok: true } && response.IsSuccessStatusCode
                ? envelope.Result
                : throw TelegramProblem.From(method, response.StatusCode, response.Headers.RetryAfter?.Delta, envelope);
        }
        catch (OperationCanceledException)
        {
            // Made anew, both of them, so that nothing of the request hangs on.
            cancellationToken.ThrowIfCancellationRequested();
            throw TelegramProblem.NoAnswer(method, limit);
        }
        catch (HttpRequestException error)
        {
            throw TelegramProblem.Unreachable(method, error.HttpRequestError.ToString());
        }
        catch (IOException error)
        {
            throw TelegramProblem.Unreachable(method, error.GetType().Name);
        }
    }

    private static ByteArrayContent Json<TBody>(TBody body)
    {
        var type = (JsonTypeInfo<TBody>)TelegramJson.Default.GetTypeInfo(typeof(TBody))!;
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static TelegramEnvelope? ReadEnvelope(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, TelegramJson.Default.TelegramEnvelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static T Read<T>(string method, JsonElement result, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return result.Deserialize(type) ?? throw TelegramProblem.Unreadable(method);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw TelegramProblem.Unreadable(method);
        }
    }

    [GeneratedRegex(@"\A[0-9]+:[A-Za-z0-9_-]+\z")]
    private static partial Regex TokenForm();
}
