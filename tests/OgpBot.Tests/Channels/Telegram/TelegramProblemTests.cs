using System.Net;
using OgpBot.Channels.Telegram;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The table of errors in the client's contract, one row a case.</summary>
public sealed class TelegramProblemTests : IAsyncLifetime
{
    private const long Chat = 1001;
    private readonly ManualClock clock = new();
    private FakeBotApi api = null!;
    private TelegramClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await FakeBotApi.StartAsync(clock);
        client = new TelegramClient(api.Address, FakeBotApi.Token, clock);
        api.Start(Chat);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await api.DisposeAsync();
        clock.Dispose();
    }

    [Theory]
    [InlineData(500, "Internal Server Error: restart", "Server", "WaitThenRetry", 1)]
    [InlineData(401, "Unauthorized", "Unauthorized", "StopChannel", 0)]
    [InlineData(404, "Not Found", "Unauthorized", "StopChannel", 0)]
    [InlineData(403, "Forbidden: bot was blocked by the user", "Blocked", "StopChat", 0)]
    [InlineData(403, "Forbidden: user is deactivated", "Blocked", "StopChat", 0)]
    [InlineData(409, "Conflict: terminated by other getUpdates request", "Conflict", "WarnThenRetry", 3)]
    [InlineData(400, "Bad Request: message is not modified: specified new …", "NotModified", "Ignore", 0)]
    [InlineData(400, "Bad Request: query is too old and response timeout expired or query ID is invalid", "QueryTooOld", "Ignore", 0)]
    [InlineData(400, "Bad Request: message is too long", "OtherBadRequest", "GiveUp", 0)]
    [InlineData(413, "Request Entity Too Large", "OtherBadRequest", "GiveUp", 0)]
    public async Task Each_refusal_has_its_kind_and_its_remedy(int code, string description, string kind, string remedy, int wait)
    {
        api.Fail("sendMessage", FakeFault.Refuse(code, description));

        var problem = await SendAsync();

        (problem.Kind.ToString(), problem.Remedy.ToString(), problem.WaitAfter(1)).ShouldBe((kind, remedy, TimeSpan.FromSeconds(wait)));
        problem.Message.ShouldContain("sendMessage");
    }

    [Fact]
    public async Task A_429_is_waited_out_as_long_as_it_says_however_often_it_comes()
    {
        api.Fail("sendMessage", FakeFault.TooMany(17));

        var problem = await SendAsync();

        (problem.Kind, problem.Remedy, problem.RetryAfter).ShouldBe(
            (TelegramProblemKind.TooManyRequests, TelegramRemedy.WaitThenRetry, TimeSpan.FromSeconds(17)));
        problem.WaitAfter(9).ShouldBe(TimeSpan.FromSeconds(17));
    }

    [Theory]
    [InlineData(502, "Server")]
    [InlineData(404, "Server")]
    [InlineData(200, "Server")]
    [InlineData(429, "TooManyRequests")]
    public async Task A_page_of_HTML_is_no_word_of_Telegram_and_is_tried_again(int status, string kind)
    {
        api.Fail("sendMessage", FakeFault.Html(status));

        var problem = await SendAsync();

        (problem.Kind.ToString(), problem.Remedy).ShouldBe((kind, TelegramRemedy.WaitThenRetry));
        problem.WaitAfter(1).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("ResetBefore", 0)]
    [InlineData("ResetAfter", 1)]
    public async Task A_broken_connection_is_told_and_never_repeated_in_secret(string fault, int messages)
    {
        // A connection that was used before is one the network layer might repeat on.
        await client.GetMeAsync(Cancel);
        api.Fail("sendMessage", fault == "ResetBefore" ? FakeFault.ResetBefore : FakeFault.ResetAfter);

        var problem = await SendAsync();

        (problem.Kind, problem.Remedy).ShouldBe((TelegramProblemKind.Network, TelegramRemedy.WaitThenRetry));
        api.Replies(Chat).Count.ShouldBe(messages);
        api.Calls.Count(call => call.Method == "sendMessage").ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_a_problem_of_the_network()
    {
        await api.DisposeAsync();

        (await SendAsync()).Kind.ShouldBe(TelegramProblemKind.Network);
    }

    [Theory]
    [InlineData("sendMessage", 30)]
    [InlineData("getUpdates", 35)]
    public async Task A_call_is_given_up_after_its_time_and_a_poll_ten_seconds_after_its_own(string method, int limit)
    {
        api.Fail(method, FakeFault.Silence);
        Task call = method == "getUpdates"
            ? client.GetUpdatesAsync(0, TimeSpan.FromSeconds(25), Cancel)
            : client.SendMessageAsync(Chat, "hola", null, Cancel);
        await api.WhenAsync(() => api.Calls.Count > 0, "the call");

        clock.Advance(TimeSpan.FromSeconds(limit - 0.01));
        call.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(0.01));

        var problem = await call.Soon().ShouldThrowAsync<TelegramProblem>();
        problem.Kind.ShouldBe(TelegramProblemKind.Network);
        problem.Message.ShouldBe($"Telegram did not answer {method} in {limit} s.");
    }

    [Fact]
    public async Task A_call_that_is_no_longer_wanted_is_cancelled_and_no_problem()
    {
        api.Fail("getUpdates", FakeFault.Silence);
        using var stop = new CancellationTokenSource();
        var poll = client.GetUpdatesAsync(0, TimeSpan.FromSeconds(50), stop.Token);
        await api.WhenAsync(() => api.Calls.Count > 0, "the poll");

        await stop.CancelAsync();

        (await poll.Soon().ShouldThrowAsync<OperationCanceledException>()).CancellationToken.ShouldBe(stop.Token);
    }

    [Fact]
    public void Waits_grow_from_a_second_to_a_minute()
    {
        var problem = TelegramProblem.NoAnswer("sendMessage", TimeSpan.FromSeconds(30));

        Enumerable.Range(0, 10).Select(failures => problem.WaitAfter(failures).TotalSeconds).ShouldBe([1, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        problem.WaitAfter(int.MaxValue).ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("Bad Request: can't parse entities: Unsupported start tag \"Vivo en Reforma 222\" at byte offset 0")]
    [InlineData("Bad Request: inline keyboard button URL 'Vivo en Reforma 222' is invalid: Unsupported URL protocol")]
    public void What_Telegram_quotes_of_a_citizens_text_is_left_out(string description)
    {
        var envelope = new TelegramEnvelope(false) { ErrorCode = 400, Description = description };

        var problem = TelegramProblem.From("sendMessage", HttpStatusCode.BadRequest, null, envelope);

        problem.ToString().ShouldNotContain("Reforma");
        problem.Message.ShouldContain(description[..25]);
    }

    private async Task<TelegramProblem> SendAsync() =>
        await Should.ThrowAsync<TelegramProblem>(client.SendMessageAsync(Chat, "hola", null, Cancel));
}
