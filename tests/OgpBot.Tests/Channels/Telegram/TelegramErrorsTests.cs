using OgpBot.Channels.Telegram.Api;
using OgpBot.Conversations.Outbox;
using OgpBot.Tests.Support;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The table of errors in the channel's contract, one row a case.</summary>
public sealed class TelegramErrorsTests : IAsyncLifetime
{
    private const long Chat = 1001;
    private readonly ManualClock clock = new();
    private FakeBotApi api = null!;
    private TelegramApi client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await FakeBotApi.StartAsync(clock);
        client = new TelegramApi(api.Address, FakeBotApi.Token, clock);
        api.Start(Chat);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await api.DisposeAsync();
        clock.Dispose();
    }

    [Theory]
    [InlineData(500, "Internal Server Error: restart", "Retry")]
    [InlineData(401, "Unauthorized", "StopChannel")]
    [InlineData(404, "Not Found", "StopChannel")]
    [InlineData(403, "Forbidden: bot was blocked by the user", "StopConversation")]
    [InlineData(403, "Forbidden: user is deactivated", "StopConversation")]
    [InlineData(409, "Conflict: terminated by other getUpdates request", "Retry")]
    [InlineData(400, "Bad Request: message is not modified: specified new …", "Done")]
    [InlineData(400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "Done")]
    [InlineData(400, "Bad Request: message is too long", "GiveUp")]
    [InlineData(400, "Bad Request: chat not found", "GiveUp")]
    [InlineData(413, "Request Entity Too Large", "GiveUp")]
    public async Task Each_refusal_has_its_remedy(int code, string description, string remedy)
    {
        api.Fail("sendMessage", FakeFault.Refuse(code, description));

        var error = await SendAsync();

        (error.Remedy().ToString(), error.IsConflict(), error.RetryAfter()).ShouldBe((remedy, code == 409, null));
        error.WaitAfter(1).ShouldBe(TimeSpan.FromSeconds(code == 409 ? 3 : 1));
        error.Message.ShouldContain("sendMessage");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(3600)]
    public async Task A_429_comes_back_at_once_however_short_its_wait(int seconds)
    {
        api.Fail("sendMessage", FakeFault.TooMany(seconds));

        var error = await SendAsync().Soon();

        (error.Remedy(), error.RetryAfter()).ShouldBe((DeliveryRemedy.Retry, TimeSpan.FromSeconds(seconds)));
        api.Calls.Count(call => call.Method == "sendMessage").ShouldBe(1);
    }

    [Theory]
    [InlineData(502, false)]
    [InlineData(404, false)]
    [InlineData(200, false)]
    [InlineData(429, true)]
    public async Task A_page_of_HTML_is_no_word_of_Telegram_and_is_tried_again(int status, bool isTooMany)
    {
        api.Fail("sendMessage", FakeFault.Html(status));

        var error = await SendAsync();

        (error.Remedy(), error.RetryAfter() > TimeSpan.Zero).ShouldBe((DeliveryRemedy.Retry, isTooMany));
        error.WaitAfter(1).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("ResetBefore", 0)]
    [InlineData("ResetAfter", 1)]
    public async Task A_broken_connection_is_told_and_never_repeated_in_secret(string fault, int messages)
    {
        // A connection that was used before is one the network layer might repeat on.
        await client.GetMe(Cancel);
        api.Fail("sendMessage", fault == "ResetBefore" ? FakeFault.ResetBefore : FakeFault.ResetAfter);

        var error = await SendAsync();

        (error is ApiRequestException, error.Remedy()).ShouldBe((false, DeliveryRemedy.Retry));
        api.Replies(Chat).Count.ShouldBe(messages);
        api.Calls.Count(call => call.Method == "sendMessage").ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_problem_of_the_network()
    {
        await api.DisposeAsync();

        (await SendAsync()).Remedy().ShouldBe(DeliveryRemedy.Retry);
    }

    [Theory]
    [InlineData("sendMessage", 30)]
    [InlineData("getUpdates", 35)]
    public async Task A_call_is_given_up_after_its_time_and_a_poll_ten_seconds_after_its_own(string method, int limit)
    {
        api.Fail(method, FakeFault.Silence);
        Task call = method == "getUpdates"
            ? client.SendRequest(new GetRawUpdates(0, TimeSpan.FromSeconds(25)), Cancel)
            : client.SendMessage(Chat, "hola", cancellationToken: Cancel);
        await api.WhenAsync(() => api.Calls.Count > 0, "the call");

        clock.Advance(TimeSpan.FromSeconds(limit - 0.01));
        call.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.01));

        var error = await call.Soon().ShouldThrowAsync<RequestException>();
        error.Remedy().ShouldBe(DeliveryRemedy.Retry);
        error.Message.ShouldBe($"Telegram did not answer {method} in {limit} s.");
    }

    [Fact]
    public async Task A_call_that_is_no_longer_wanted_is_cancelled_and_no_problem()
    {
        api.Fail("getUpdates", FakeFault.Silence);
        using var stop = new CancellationTokenSource();
        var poll = client.SendRequest(new GetRawUpdates(0, TimeSpan.FromSeconds(50)), stop.Token);
        await api.WhenAsync(() => api.Calls.Count > 0, "the poll");

        await stop.CancelAsync();

        (await poll.Soon().ShouldThrowAsync<OperationCanceledException>()).CancellationToken.ShouldBe(stop.Token);
    }

    [Fact]
    public void Waits_grow_from_a_second_to_a_minute()
    {
        var error = new RequestException("no answer");

        Enumerable.Range(0, 10).Select(failures => error.WaitAfter(failures).TotalSeconds).ShouldBe([1, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        error.WaitAfter(int.MaxValue).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("Bad Request: can't parse entities: Unsupported start tag \"Vivo en Reforma 222\" at byte offset 0")]
    [InlineData("Bad Request: inline keyboard button URL 'Vivo en Reforma 222' is invalid: Unsupported URL protocol")]
    public async Task What_Telegram_quotes_of_a_citizens_text_is_left_out(string description)
    {
        api.Fail("sendMessage", FakeFault.Refuse(400, description));

        var error = await SendAsync();

        error.ToString().ShouldNotContain("Reforma");
        error.Message.ShouldContain(description[..25]);
    }

    private async Task<RequestException> SendAsync() =>
        await Should.ThrowAsync<RequestException>(client.SendMessage(Chat, "hola", cancellationToken: Cancel));
}
