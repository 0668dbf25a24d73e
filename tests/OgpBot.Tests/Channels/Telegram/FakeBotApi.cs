using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

internal sealed record FakeCall(string Method, long? Chat, JsonObject Body, DateTimeOffset At);

/// <summary>
/// A strict simulated Bot API on a port of its own: what the real server refuses it refuses, what the real network does it can do on order, and
/// whatever a bot does that it must not is counted in <see cref="BrokenRules"/>. It goes by the given clock and holds a manual one while it works.
/// </summary>
internal sealed partial class FakeBotApi : IAsyncDisposable
{
    /// <summary>The only token it knows. The part after the colon is looked for wherever it must not be.</summary>
    internal const string Token = "7000000001:AAFakeBotSecret_that-must_never_be-seen";

    private static readonly TimeSpan RealPatience = TimeSpan.FromSeconds(30);

    private readonly object gate = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly FakeRules rules = new();
    private readonly FakeFaults faults;
    private readonly FakeUpdates updates;
    private readonly FakeLimits limits;
    private readonly FakeCallbacks callbacks;
    private readonly FakeMethods methods;
    private readonly TimeProvider clock;
    private readonly WebApplication app;
    private readonly List<FakeCall> calls = [];
    private readonly SortedDictionary<string, int> counters = new(StringComparer.Ordinal);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeBotApi(TimeProvider clock, int seed)
    {
        this.clock = clock;
        faults = new FakeFaults(new Random(seed));
        updates = new FakeUpdates(rules, faults, new Random(seed));
        limits = new FakeLimits(rules, clock);
        callbacks = new FakeCallbacks(rules, clock);
        methods = new FakeMethods(rules, limits, callbacks, clock);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        app = builder.Build();
        app.Run(HandleAsync);
    }

    internal Uri Address { get; private set; } = null!;

    /// <summary>What goes wrong by itself; nothing at first.</summary>
    internal FakeFaultRates Rates
    {
        get => Locked(() => faults.Rates);
        set => Locked(() => faults.Rates = value);
    }

    /// <summary>Refuses messages that come too fast with a 429, too; else they are only counted.</summary>
    internal bool EnforceRates
    {
        set => Locked(() => limits.Enforced = value);
    }

    /// <summary>Each rule of <see cref="FakeRules"/> that was broken, and how often.</summary>
    internal IReadOnlyDictionary<string, int> BrokenRules => Locked(() =>
    {
        var broken = new SortedDictionary<string, int>(rules.Broken.ToDictionary(), StringComparer.Ordinal);
        if (callbacks.Neglected is > 0 and var neglected)
        {
            broken[FakeRules.CallbackUnanswered] = neglected;
        }

        return (IReadOnlyDictionary<string, int>)broken;
    });

    /// <summary>Details of broken rules, for messages.</summary>
    internal IReadOnlyList<string> Notes => Locked(() => rules.Notes.ToList());

    /// <summary>What was done to the bot: faults by kind, duplicates, reversals, posts to its webhook.</summary>
    internal IReadOnlyDictionary<string, int> Counters => Locked(() => new SortedDictionary<string, int>(counters, StringComparer.Ordinal)
    {
        ["duplicates"] = updates.Duplicates,
        ["reversals"] = updates.Reversals,
    });

    internal IReadOnlyList<FakeCall> Calls => Locked(() => calls.ToList());

    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Commands => methods.Commands;

    internal IReadOnlyDictionary<string, string> Descriptions => methods.Descriptions;

    internal IReadOnlyDictionary<string, string> ShortDescriptions => methods.ShortDescriptions;

    internal static async Task<FakeBotApi> StartAsync(TimeProvider? clock = null, int seed = 1)
    {
        var api = new FakeBotApi(clock ?? TimeProvider.System, seed);
        await api.app.StartAsync();
        var addresses = api.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        api.Address = new Uri(addresses.Addresses.Single());
        return api;
    }

    /// <summary>Orders a fault for the next calls of a method; `*` is all but getUpdates.</summary>
    internal void Fail(string method, FakeFault fault, int times = 1, long? chat = null) => Locked(() => faults.Order(method, fault, times, chat));

    /// <summary>Orders no longer hold.</summary>
    internal void ClearFaults() => Locked(faults.Clear);

    /// <summary>Waits until something is so; looked at again after every call and everything a citizen does.</summary>
    /// <exception cref="TimeoutException">It was not so within half a minute of real time.</exception>
    internal async Task WhenAsync(Func<bool> condition, string what)
    {
        var patience = Task.Delay(RealPatience);
        while (true)
        {
            var (isSo, change) = Locked(() => (condition(), changed.Task));
            if (isSo)
            {
                return;
            }

            if (BrokenRules.ContainsKey(FakeRules.ServerMistake) || await Task.WhenAny(change, patience) == patience)
            {
                throw new TimeoutException($"In vain was waited for: {what}. {string.Join("; ", Notes)}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!stopping.IsCancellationRequested)
        {
            await stopping.CancelAsync();
            await app.StopAsync();
            await app.DisposeAsync();
            poster?.Dispose();
        }
    }

    private async Task HandleAsync(HttpContext http)
    {
        using var hold = new FakeHold(clock as ManualClock);
        var call = "";
        try
        {
            var (method, body) = await ReadAsync(http);
            call = $"{method} {body.ToJsonString()}";
            if (await SufferAsync(Begin(method, body, call), http, hold, () => RunAsync(method, body, call, http, hold), call) is { } result)
            {
                if (method == "getUpdates")
                {
                    Locked(() => result.AsArray().ToList().ForEach(update => NoteDelivery(update!)));
                }

                await WriteAsync(http, 200, new JsonObject { ["ok"] = true, ["result"] = result });
            }
        }
        catch (FakeRefusal refusal)
        {
            Locked(() => Count($"answers_{refusal.Code}"));
            if (refusal.Code is 400 or 403)
            {
                Locked(() => limits.Refused(call));
            }

            await WriteAsync(http, refusal.Code, refusal.ToJson());
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            http.Abort();
        }
        catch (Exception mistake)
        {
            // Of this server's own: it must not pass for a fault that was ordered.
            Locked(() => rules.Break(FakeRules.ServerMistake, mistake.ToString()));
            throw;
        }
        finally
        {
            Locked(Pulse);
        }
    }

    private async Task<(string Method, JsonObject Body)> ReadAsync(HttpContext http)
    {
        var path = http.Request.Path.Value!.Split('/');
        if (path.Length != 3 || path[1] != $"bot{Token}")
        {
            Locked(() => rules.Break(FakeRules.WrongToken, "in the address"));
            throw new FakeRefusal(401, "Unauthorized");
        }

        try
        {
            // A method without parameters may come without a body.
            var isEmpty = http.Request.ContentType is null && http.Request.ContentLength is null or 0;
            var body = isEmpty ? [] : await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
            return (isEmpty || http.Request.HasJsonContentType()) && body is not null
                ? Locked(() => (methods.Check(path[2], body), body))
                : throw new System.Text.Json.JsonException();
        }
        catch (System.Text.Json.JsonException)
        {
            Locked(() => rules.Break(FakeRules.BodyMalformed, path[2]));
            throw FakeRefusal.BadRequest("can't parse JSON object");
        }
    }

    private FakeFault? Begin(string method, JsonObject body, string call) => Locked(() =>
    {
        var chat = (long?)body["chat_id"];
        calls.Add(new FakeCall(method, chat, body, clock.GetUtcNow()));
        Pulse();
        var subject = chat is { } id ? $"chat {id}" : (string?)body["callback_query_id"] ?? method;
        limits.CheckSilence(method, subject);
        limits.CheckRepeat(call);
        var fault = faults.Next(method, chat);
        if (fault is null)
        {
            return fault;
        }

        Count($"fault_{(fault.Refusal is { } refusal ? refusal.Code : fault.Kind)}");
        if (fault.Refusal?.RetryAfter is { } seconds)
        {
            limits.Told(subject, seconds, fault.Everywhere || chat is null);
        }

        return fault;
    });

    // Null where there is nothing to answer.
    private async Task<JsonNode?> SufferAsync(FakeFault? fault, HttpContext http, FakeHold hold, Func<Task<JsonNode>> run, string call)
    {
        switch (fault?.Kind)
        {
            case null:
                return await run();
            case FakeFaultKind.Refuse:
                throw fault.Refusal!;
            case FakeFaultKind.Html:
                await WriteHtmlAsync(http, fault.Status);
                return null;
            case FakeFaultKind.Silence:
                hold.Release();
                using (var gone = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping.Token))
                {
                    await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token);
                }

                return null;
            case FakeFaultKind.ResetAfter:
                await run();
                Locked(() => methods.LostAnswers.Add(call));
                Locked(() => Count($"lost_{call.Split(' ')[0]}"));
                break;
        }

        http.Abort();
        return null;
    }

    private async Task<JsonNode> RunAsync(string method, JsonObject body, string call, HttpContext http, FakeHold hold) => method switch
    {
        "getUpdates" => await PollAsync(body, http, hold),
        "setWebhook" => Locked(() => SetWebhook(body)),
        "deleteWebhook" => Locked(() => SetWebhook([])),
        _ => Locked(() => methods.Run(method, body, call)),
    };

    private static async Task WriteAsync(HttpContext http, int status, JsonObject json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(json.ToJsonString());
    }

    private static async Task WriteHtmlAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html";
        await http.Response.WriteAsync($"<html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>");
    }

    private void Count(string what) => counters[what] = counters.GetValueOrDefault(what) + 1;

    // Under the lock: those who wait look again.
    private void Pulse()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private T Locked<T>(Func<T> act)
    {
        lock (gate)
        {
            return act();
        }
    }

    private void Locked(Action act)
    {
        lock (gate)
        {
            act();
        }
    }
}
