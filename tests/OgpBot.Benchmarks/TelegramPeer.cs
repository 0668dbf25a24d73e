using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SendQueue = System.Threading.Channels.Channel<string>;

namespace OgpBot.Benchmarks;

/// <summary>
/// A Bot API server on this machine that is quick and forgiving: it hands out what citizens say, takes what the bot sends, and checks nothing.
/// The strict one is in the tests.
/// </summary>
internal sealed class TelegramPeer : IAsyncDisposable
{
    /// <summary>Of the form that Telegram gives out, and good for nothing.</summary>
    public const string Token = "123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFake";

    private const int MostUpdates = 100;

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<long, SendQueue> chats = new();
    private readonly List<(long Id, string Json)> updates = [];
    private TaskCompletionSource some = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lastUpdate;
    private long lastMessage;

    private TelegramPeer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public static async Task<TelegramPeer> StartAsync(CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var peer = new TelegramPeer(app);
        app.MapPost("/bot{token}/{method}", peer.AnswerAsync);
        await app.StartAsync(cancellation);
        return peer;
    }

    /// <summary>A message of the citizen in this private chat.</summary>
    public void Say(long chat, string text)
    {
        TaskCompletionSource waiting;
        lock (updates)
        {
            lastUpdate++;
            var person = $$"""{"id":{{chat}},"is_bot":false,"first_name":"C","language_code":"es"}""";
            var head = $$"""{"message_id":{{++lastMessage}},"date":{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}},"from":{{person}}""";
            var said = $$"""{{head}},"chat":{"id":{{chat}},"type":"private","first_name":"C"},"text":{{JsonSerializer.Serialize(text, BenchmarkJson.Wire.String)}}""";
            updates.Add((lastUpdate, $$"""{"update_id":{{lastUpdate}},"message":""" + said + "}}"));
            (waiting, some) = (some, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        waiting.TrySetResult();
    }

    /// <summary>The next text that the bot sends to this chat.</summary>
    public ValueTask<string> HearAsync(long chat, CancellationToken cancellation) => QueueOf(chat).Reader.ReadAsync(cancellation);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private SendQueue QueueOf(long chat) => chats.GetOrAdd(chat, _ => System.Threading.Channels.Channel.CreateUnbounded<string>());

    private async Task AnswerAsync(HttpContext context, string method)
    {
        using var body = context.Request.ContentLength is > 0 || context.Request.Headers.ContainsKey("Transfer-Encoding")
            ? await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted)
            : null;
        var result = method switch
        {
            "getUpdates" => await UpdatesAsync(body!.RootElement, context.RequestAborted),
            "sendMessage" => Send(body!.RootElement),
            "editMessageText" or "editMessageReplyMarkup" => MessageIn(ChatOf(body!.RootElement)),
            "getMe" => """{"id":123456789,"is_bot":true,"first_name":"OgpBot","username":"ogp_bot"}""",
            _ => "true",
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($$"""{"ok":true,"result":{{result}}}""", context.RequestAborted);
    }

    private async Task<string> UpdatesAsync(JsonElement asked, CancellationToken cancellation)
    {
        var offset = asked.TryGetProperty("offset", out var from) ? from.GetInt64() : 0;
        var patience = TimeSpan.FromSeconds(asked.TryGetProperty("timeout", out var seconds) ? seconds.GetInt32() : 0);
        Task more;
        lock (updates)
        {
            updates.RemoveAll(update => update.Id < offset);
            more = updates.Count == 0 ? some.Task : Task.CompletedTask;
        }

        await Task.WhenAny(more, Task.Delay(patience, cancellation));
        lock (updates)
        {
            return $"[{string.Join(',', updates.Take(MostUpdates).Select(update => update.Json))}]";
        }
    }

    private string Send(JsonElement message)
    {
        var chat = ChatOf(message);
        var text = message.GetProperty("text").GetString()!;
        QueueOf(chat).Writer.TryWrite(text);
        return MessageIn(chat);
    }

    private static long ChatOf(JsonElement call) => call.GetProperty("chat_id") is { ValueKind: JsonValueKind.String } written
        ? long.Parse(written.GetString()!, CultureInfo.InvariantCulture)
        : call.GetProperty("chat_id").GetInt64();

    // What a bot needs to know of it.
    private string MessageIn(long chat) => $$"""{"message_id":{{Interlocked.Increment(ref lastMessage)}},"date":1,"chat":{"id":{{chat}},"type":"private"} }""";
}
