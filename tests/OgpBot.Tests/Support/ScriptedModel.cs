using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OgpBot.Tests.Support;

/// <summary>
/// An OpenAI-compatible server on the loopback (https://platform.openai.com/docs/api-reference/chat/streaming) that says what the test tells it to, good or
/// hostile. It is no model: what comes of a reply is the program's doing.
/// </summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    internal const string Key = "sk-key-of-the-scripted-model";
    internal const string Name = "scripted-1";

    /// <summary>What the endpoint says that a request cost.</summary>
    internal const int InputTokens = 700;
    internal const int OutputTokens = 40;

    private readonly WebApplication app;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<ModelRequest> requests = [];
    private readonly Queue<Func<ModelRequest, string>> queue = [];
    private TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedModel()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        app = builder.Build();
        app.MapPost("/v1/chat/completions", HandleAsync);
    }

    internal string Endpoint => $"{app.Urls.Single()}/v1";

    /// <summary>How it replies; at first it says what was queued, and then that it has nothing to add.</summary>
    internal Func<HttpContext, ModelRequest, CancellationToken, Task>? Behaviour { get; set; }

    internal IReadOnlyList<ModelRequest> Requests
    {
        get
        {
            lock (requests)
            {
                return [.. requests];
            }
        }
    }

    internal static async Task<ScriptedModel> StartAsync()
    {
        var model = new ScriptedModel();
        await model.app.StartAsync(TestContext.Current.CancellationToken);
        return model;
    }

    /// <summary>The settings of a host that uses it, whose notice names it. The dialogs are copied into the folder unless they are there.</summary>
    internal Dictionary<string, string?> Settings(TemporaryFolder folder)
    {
        var dialogs = folder.File("dialogs");
        if (!Directory.Exists(dialogs))
        {
            folder.CopyDialogs();
        }

        var consultation = Path.Combine(dialogs, "consultation.yaml");
        File.WriteAllText(consultation, File.ReadAllText(consultation).Replace("processors: []", "processors: [127.0.0.1]", StringComparison.Ordinal));
        return new()
        {
            ["OgpBot:DialogsDirectory"] = dialogs,
            ["OgpBot:Llm:Endpoint"] = Endpoint,
            ["OgpBot:Llm:ApiKey"] = Key,
            ["OgpBot:Llm:Model"] = Name,
        };
    }

    /// <summary>Queues a reply.</summary>
    internal void Say(string text) => Say(_ => text);

    internal void Say(Func<ModelRequest, string> reply)
    {
        lock (queue)
        {
            queue.Enqueue(reply);
        }
    }

    /// <summary>From now on it has nothing to add.</summary>
    internal void Forget()
    {
        lock (queue)
        {
            queue.Clear();
        }

        Behaviour = null;
    }

    /// <summary>Ends when it is asked the next time.</summary>
    internal Task WhenAskedAsync()
    {
        lock (requests)
        {
            return asked.Task;
        }
    }

    /// <summary>A reply as one stream of events.</summary>
    internal static async Task StreamAsync(HttpContext http, string text, CancellationToken cancellationToken, string finish = "stop")
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var part in text.Chunk(12))
        {
            await SendAsync(http, new { role = "assistant", content = new string(part) }, null, cancellationToken);
        }

        await SendAsync(http, new { }, finish, cancellationToken);
        await SendRawAsync(http, JsonSerializer.Serialize(new { id = "1", @object = "chat.completion.chunk", created = 1, model = Name, choices = Array.Empty<object>(), usage = new { prompt_tokens = InputTokens, completion_tokens = OutputTokens, total_tokens = InputTokens + OutputTokens } }), cancellationToken);
        await SendRawAsync(http, "[DONE]", cancellationToken);
    }

    internal static Task SendAsync(HttpContext http, object delta, string? finish, CancellationToken cancellationToken) => SendRawAsync(
        http,
        JsonSerializer.Serialize(new { id = "1", @object = "chat.completion.chunk", created = 1, model = Name, choices = new[] { new { index = 0, delta, finish_reason = finish } } }),
        cancellationToken);

    /// <summary>What it says when it has nothing to add.</summary>
    internal static string NothingToAdd(ModelRequest request) => request.Prompt switch
    {
        "check_criteria" => """{"criteria":[],"rewrite":""}""",
        "rephrase_question" => JsonSerializer.Serialize(new { question = (string)request.Data["question"]! }),
        _ => """{"sentences":[]}""",
    };

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        stopping.Dispose();
    }

    private static async Task SendRawAsync(HttpContext http, string data, CancellationToken cancellationToken)
    {
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), cancellationToken);
        await http.Response.Body.FlushAsync(cancellationToken);
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var request = new ModelRequest(await reader.ReadToEndAsync(http.RequestAborted), http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
        lock (requests)
        {
            requests.Add(request);
            asked.TrySetResult();
            asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping.Token);
        try
        {
            await (Behaviour ?? SayNextAsync)(http, request, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The program has hung up, as it may.
        }
    }

    private Task SayNextAsync(HttpContext http, ModelRequest request, CancellationToken cancellationToken)
    {
        Func<ModelRequest, string>? next;
        lock (queue)
        {
            queue.TryDequeue(out next);
        }

        return StreamAsync(http, (next ?? NothingToAdd)(request), cancellationToken);
    }
}
