using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using OgpBot.Channels.Telegram;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Conversations.Outbox;
using OgpBot.Settings;
using OgpBot.Tests.Support;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The bot's token, which is part of every address, is nowhere to be read.</summary>
public sealed class TelegramSecrecyTests
{
    private const long Chat = 1001;
    private static readonly string Secret = FakeBotApi.Token.Split(':')[1];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Faults =>
        ["429", "500", "502", "401", "403", "409", "400", "echo", "html", "before", "after", "silence", "nobody", "cancel"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task The_token_is_in_no_exception(string fault)
    {
        using var clock = new ManualClock { AutoAdvance = true };
        await using var api = await FakeBotApi.StartAsync(clock);
        using var client = new TelegramApi(fault == "nobody" ? new Uri("http://127.0.0.1:1") : api.Address, FakeBotApi.Token, clock);
        api.Start(Chat);
        api.Fail("*", FaultOf(fault));
        using var stop = new CancellationTokenSource();
        var call = client.SendMessage(Chat, "hola", cancellationToken: stop.Token);
        if (fault == "cancel")
        {
            await api.WhenAsync(() => api.Calls.Count > 0, "the call");
            await stop.CancelAsync();
        }

        var thrown = await Should.ThrowAsync<Exception>(call.Soon());

        (thrown is RequestException || (fault == "cancel" && thrown is OperationCanceledException)).ShouldBeTrue(thrown.ToString());
        var error = thrown.ToString();
        error.ShouldNotContain(Secret);
        error.ShouldNotContain("/bot");
        error.ShouldNotContain("hola");
    }

    [Fact]
    public async Task What_the_network_says_of_the_address_goes_no_further()
    {
        using var network = new TalkativeNetwork();
        using var client = new TelegramApi(new Uri("https://api.example"), FakeBotApi.Token, TimeProvider.System, network);

        var error = await Should.ThrowAsync<RequestException>(client.GetMe(Cancel));

        network.Said.ShouldContain(Secret, customMessage: "else there was nothing to hide");
        error.ToString().ShouldNotContain(Secret);
        error.Remedy().ShouldBe(DeliveryRemedy.Retry);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("12345678901234567:secret")]
    [InlineData("12345:with a blank in the secret")]
    [InlineData("12345:line-break-in-the-secret\n")]
    [InlineData("12345:slash/in/the/secret")]
    public void A_malformed_token_is_refused_without_being_shown(string token)
    {
        using var bot = new TelegramBot(new OgpBotOptions { Telegram = { Token = token } }, TimeProvider.System);

        bot.Client.ShouldBeNull();
        bot.Refusal.ShouldNotBeNull().ShouldNotContain("secret");
        bot.Refusal.ShouldContain("OgpBot:Telegram:Token");
    }

    [Fact]
    public async Task A_wrong_token_is_told_without_being_shown()
    {
        await using var api = await FakeBotApi.StartAsync();
        using var client = new TelegramApi(api.Address, "7000000002:another_secret", TimeProvider.System);

        var error = await Should.ThrowAsync<RequestException>(client.GetMe(Cancel));

        error.Remedy().ShouldBe(DeliveryRemedy.StopChannel);
        error.Message.ShouldContain("OgpBot:Telegram:Token");
        error.ToString().ShouldNotContain("another_secret");
    }

    [Fact]
    public async Task The_token_is_in_no_trace_and_no_event_of_the_network()
    {
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        var seen = new ConcurrentQueue<string>();
        activities.ActivityStarted = activity => seen.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)}");
        activities.ActivityStopped = activities.ActivityStarted;
        ActivitySource.AddActivityListener(activities);
        using var events = new NetworkEvents(seen);
        await using var api = await FakeBotApi.StartAsync();
        using var client = new TelegramApi(api.Address, FakeBotApi.Token, TimeProvider.System);

        await client.GetMe(Cancel);
        api.Fail("*", FakeFault.ResetBefore);
        await Should.ThrowAsync<RequestException>(client.GetMe(Cancel));

        seen.ShouldContain(line => line.Contains("/getMe", StringComparison.Ordinal), "else nothing was listened to");
        seen.ShouldAllBe(line => !line.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_token_goes_out_in_the_address_and_is_taken_out_again()
    {
        using var network = new EchoNetwork();
        using var invoker = new HttpMessageInvoker(new TelegramToken(new Uri("https://api.example/bot/proxy/"), FakeBotApi.Token, network));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/bot7:hidden/getMe");

        using var response = await invoker.SendAsync(request, Cancel);

        network.Sent.ShouldBe($"https://api.example/bot/proxy/bot{FakeBotApi.Token}/getMe");
        request.RequestUri!.AbsoluteUri.ShouldBe("https://api.example/bot7:hidden/getMe");
    }

    private static FakeFault FaultOf(string fault) => fault switch
    {
        "429" => FakeFault.TooMany(3),
        "500" => FakeFault.Refuse(500, "Internal Server Error"),
        "502" => FakeFault.Html(502),
        "401" => FakeFault.Refuse(401, "Unauthorized"),
        "403" => FakeFault.Refuse(403, "Forbidden: bot was blocked by the user"),
        "409" => FakeFault.Refuse(409, "Conflict"),
        "400" => FakeFault.Refuse(400, "Bad Request: chat not found"),
        "echo" => FakeFault.Refuse(400, $"Bad Request: no such place as {FakeBotApi.Token}/sendMessage"),
        "html" => FakeFault.NotJson,
        "before" => FakeFault.ResetBefore,
        "after" => FakeFault.ResetAfter,
        _ => FakeFault.Silence,
    };

    private sealed class TalkativeNetwork : HttpMessageHandler
    {
        internal string Said { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(Said = $"no way to {request.RequestUri}");
    }

    private sealed class EchoNetwork : HttpMessageHandler
    {
        internal string? Sent { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Sent = request.RequestUri!.AbsoluteUri;
            return Task.FromResult(new HttpResponseMessage { RequestMessage = request });
        }
    }

    private sealed class NetworkEvents(ConcurrentQueue<string> seen) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.NameResolution")
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        // The base class calls back before this one is made.
        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            seen?.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? [])}");
    }
}
