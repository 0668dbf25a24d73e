using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>A channel's connector on loopback: it takes what the bot sends, and fails as it is told.</summary>
internal sealed class FakeConnector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<Taken> taken = [];
    private readonly List<Taken> calls = [];
    private readonly Queue<Fault> faults = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeConnector(WebApplication app) => this.app = app;

    internal string Address => $"{app.Urls.Single()}/";

    /// <summary>All calls, those that failed too, typing left out.</summary>
    internal IReadOnlyList<Taken> Calls => Read(() => calls.ToList());

    internal int Typing { get; private set; }

    /// <summary>How many messages it took.</summary>
    internal int Count => Read(() => taken.Count);

    /// <summary>Which life of the host it is; a test raises it.</summary>
    internal int Epoch { get; set; }

    internal static async Task<FakeConnector> StartAsync(string url = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        var connector = new FakeConnector(app);
        app.MapPost("/v3/conversations/{id}/activities", connector.TakeAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return connector;
    }

    /// <summary>The next calls end so, each one once.</summary>
    internal void Fail(params Fault[] next)
    {
        lock (gate)
        {
            Array.ForEach(next, faults.Enqueue);
        }
    }

    /// <summary>The messages that it took.</summary>
    internal IReadOnlyList<Taken> Messages(string conversation) => Read(() => taken.Where(message => message.Conversation == conversation).ToList());

    /// <summary>Waits until something came that makes this true.</summary>
    internal async Task WhenAsync(Func<bool> condition, string what, TimeSpan? patience = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(patience ?? Patience);
        while (true)
        {
            var change = Read(() => changed.Task);
            if (condition())
            {
                return;
            }

            try
            {
                await change.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"In vain was waited for {what}; there came: {string.Join(" | ", Read(() => taken.Select(message => message.Text).ToList()))}");
            }
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task<IResult> TakeAsync(string id, HttpContext http)
    {
        var activity = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        if (activity.GetProperty("type").GetString() == "typing")
        {
            Tell(() => Typing++);
            return Results.Json(new { id = "" });
        }

        var call = new Taken(id, activity, http.Request.Headers.Authorization.ToString(), Epoch);
        var fault = Read(() => faults.TryDequeue(out var next) ? next : null);
        if (fault is not null && !fault.Takes)
        {
            Tell(() => calls.Add(call));
            return Refuse(fault, http);
        }

        var number = 0;
        Tell(() =>
        {
            calls.Add(call);
            taken.Add(call);
            number = taken.Count;
        });
        return fault is null ? Results.Json(new { id = $"sent-{number}" }) : Refuse(fault, http);
    }

    private static IResult Refuse(Fault fault, HttpContext http)
    {
        if (fault.Status == 0)
        {
            http.Abort();
            return Results.Empty;
        }

        if (fault.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = $"{seconds}";
        }

        if (fault.Location is { } location)
        {
            http.Response.Headers.Location = location;
        }

        return Results.Text(fault.Body, "application/json", statusCode: fault.Status);
    }

    private void Tell(Action change)
    {
        lock (gate)
        {
            change();
            changed.TrySetResult();
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private T Read<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }

    /// <summary>An activity of the bot's.</summary>
    internal sealed record Taken(string Conversation, JsonElement Activity, string Authorization, int Epoch)
    {
        internal string Text => Activity.GetProperty("text").GetString()!;

        internal IReadOnlyList<string> Choices => Activity.TryGetProperty("suggestedActions", out var suggested)
            ? [.. suggested.GetProperty("actions").EnumerateArray().Select(action => action.GetProperty("value").GetString()!)]
            : [];
    }

    /// <summary>How a call ends.</summary>
    /// <param name="Status">0: the line is cut.</param>
    /// <param name="Takes">The message has arrived all the same.</param>
    internal sealed record Fault(int Status, int? RetryAfter = null, bool Takes = false, string Body = """{"error":{"code":"x","message":"y"}}""", string? Location = null);
}
