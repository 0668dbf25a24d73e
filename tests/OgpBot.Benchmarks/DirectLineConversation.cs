using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OgpBot.Benchmarks;

/// <summary>One citizen's conversation over Direct Line by REST: start, say, read the answer. It keeps the token and the watermark.</summary>
internal sealed class DirectLineConversation : IConversation
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    // The host holds a read open while a turn is under way, so a pause is the exception; it grows, or the client would eat the host's CPU.
    private static readonly int[] PauseMilliseconds = [2, 5, 10, 20, 50, 100];

    private readonly HttpConnection _http;
    private readonly string _token;
    private readonly ChannelAccount _user;
    private readonly string _activitiesPath;
    private string _watermark = "";
    private int _said;

    private DirectLineConversation(HttpConnection http, IssuedToken issued)
    {
        _http = http;
        _token = issued.Token;
        _user = new ChannelAccount(UserOf(issued.Token), Role: null);
        _activitiesPath = $"/v3/directline/conversations/{Uri.EscapeDataString(issued.ConversationId)}/activities";
    }

    /// <summary>Opens a conversation and reads the welcome, which the host raises by itself.</summary>
    public static async Task<DirectLineConversation> StartAsync(HttpConnection http, CancellationToken cancellation)
    {
        var issued = Read("POST /chat/token", await http.PostAsync("/chat/token"), 200, BenchmarkJson.Wire.IssuedToken);
        const string path = "/v3/directline/conversations";
        _ = Read($"POST {path}", await http.PostAsync(path, issued.Token), 201, BenchmarkJson.Wire.IssuedToken);

        var conversation = new DirectLineConversation(http, issued);
        _ = await conversation.AwaitBotAsync(message => message.SuggestedActions is { Actions.Count: > 0 }, cancellation);
        return conversation;
    }

    /// <summary>What the last message offers to press.</summary>
    public IReadOnlyList<string> Buttons { get; private set; } = [];

    /// <summary>One turn: the text of all messages that answer it.</summary>
    public async Task<string> SayAsync(string text, CancellationToken cancellation) => string.Join('\n', (await TakeTurnAsync(text, cancellation)).Select(message => message.Text));

    /// <summary>One turn: each message that answers it, with its buttons in brackets.</summary>
    public async Task<IReadOnlyList<string>> ExchangeAsync(string text, CancellationToken cancellation) =>
        [.. (await TakeTurnAsync(text, cancellation)).Select(message => ButtonsOf(message) is { Count: > 0 } buttons ? $"{message.Text} [{string.Join(" | ", buttons)}]" : message.Text ?? "")];

    private async Task<IReadOnlyList<Activity>> TakeTurnAsync(string text, CancellationToken cancellation)
    {
        var activity = new OutgoingActivity("message", _user, text, "es-MX", new ClientData($"load-{++_said}"));
        var json = JsonSerializer.SerializeToUtf8Bytes(activity, BenchmarkJson.Wire.OutgoingActivity);
        var posted = Read("POST activity", await _http.PostAsync(_activitiesPath, _token, json), 200, BenchmarkJson.Wire.PostedActivity);
        return await AwaitBotAsync(message => message.ReplyToId == posted.Id, cancellation);
    }

    private async Task<IReadOnlyList<Activity>> AwaitBotAsync(Func<Activity, bool> isAwaited, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var reads = 0; Stopwatch.GetElapsedTime(started) < AnswerLimit; reads++)
        {
            if (reads > 0) await Task.Delay(PauseMilliseconds[Math.Min(reads, PauseMilliseconds.Length) - 1], cancellation);
            var answer = await _http.GetAsync($"{_activitiesPath}?watermark={_watermark}", _token);
            var set = Read("GET activities", answer, 200, BenchmarkJson.Wire.ActivitySet);
            _watermark = set.Watermark;
            var awaited = set.Activities.Where(IsBotMessage).Where(isAwaited).ToArray();
            if (awaited.Length > 0)
            {
                Buttons = ButtonsOf(awaited[^1]);
                return awaited;
            }
        }

        throw new TimeoutException("The bot did not answer within 10 s.");
    }

    private static IReadOnlyList<string> ButtonsOf(Activity message) => [.. (message.SuggestedActions?.Actions ?? []).Select(action => action.Value).OfType<string>()];

    private static bool IsBotMessage(Activity activity) => activity is { Type: "message", From.Role: "bot" };

    private static T Read<T>(string call, HttpAnswer answer, int status, JsonTypeInfo<T> type)
    {
        if (answer.Status != status)
            throw new InvalidDataException($"{call}: {answer.Status} instead of {status}: {Encoding.UTF8.GetString(answer.Body.Span)}");
        return JsonSerializer.Deserialize(answer.Body.Span, type) ?? throw new InvalidDataException($"{call}: an empty answer.");
    }

    private static string UserOf(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3) throw new InvalidDataException("The token is not a JWT.");
        return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(parts[1]), BenchmarkJson.Wire.TokenClaims)!.User;
    }
}
