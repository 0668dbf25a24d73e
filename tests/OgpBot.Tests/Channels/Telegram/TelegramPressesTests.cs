using Moq;
using OgpBot.Channels.Telegram;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Tests.Support;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Requests;
using Telegram.Bot.Types;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>A pressed button spins until it is answered.</summary>
public sealed class TelegramPressesTests : IAsyncLifetime
{
    private readonly ManualClock clock = new() { AutoAdvance = true };
    private readonly Mock<ITelegramBotClient> client = new(MockBehavior.Strict);
    private readonly List<(string Query, string? Notice, double At)> answered = [];
    private readonly Queue<Exception> troubles = new();
    private readonly TaskCompletionSource last = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TelegramPresses presses = null!;

    public async ValueTask InitializeAsync()
    {
        client.Setup(it => it.SendRequest(It.IsAny<AnswerCallbackQueryRequest>(), It.IsAny<CancellationToken>())).Returns((AnswerCallbackQueryRequest request, CancellationToken _) =>
        {
            answered.Add((request.CallbackQueryId, request.Text, clock.GetElapsedTime(0).TotalSeconds));
            if (troubles.TryDequeue(out var trouble))
            {
                return Task.FromException<bool>(trouble);
            }

            if (request.CallbackQueryId == "last")
            {
                last.SetResult();
            }

            return Task.FromResult(true);
        });
        using var bot = new TelegramBot(client.Object);
        presses = new TelegramPresses(bot, new TelegramPace(clock), clock);
        await presses.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await presses.StopAsync(CancellationToken.None);
        presses.Dispose();
        clock.Dispose();
    }

    [Fact]
    public async Task It_is_tried_until_Telegram_takes_it_and_never_with_a_long_wait()
    {
        for (var failure = 0; failure < 6; failure++)
        {
            troubles.Enqueue(new RequestException("a page of HTML", System.Net.HttpStatusCode.BadGateway));
        }

        presses.Answer("last", "Listo");

        await last.Task.Soon();
        answered.ShouldAllBe(answer => answer.Query == "last" && answer.Notice == "Listo");
        answered.Zip(answered.Skip(1), (one, next) => next.At - one.At).ShouldBe([1, 2, 2, 2, 2, 2]);
    }

    [Fact]
    public async Task It_waits_as_long_as_Telegram_says()
    {
        troubles.Enqueue(new ApiRequestException("Too Many Requests", 429, new ResponseParameters { RetryAfter = 4 }));

        presses.Answer("last", null);

        await last.Task.Soon();
        (answered[1].At - answered[0].At).ShouldBe(4);
    }

    [Fact]
    public async Task What_Telegram_refuses_is_not_repeated_and_holds_up_no_other()
    {
        troubles.Enqueue(new ApiRequestException("Bad Request: query is too old", 400));

        presses.Answer("first", null);
        presses.Answer("first", "again");
        SpinWait.SpinUntil(() => troubles.Count == 0, TimeSpan.FromSeconds(20)).ShouldBeTrue();
        presses.Answer("last", null);

        await last.Task.Soon();
        answered.Select(answer => answer.Query).ShouldBe(["first", "last"]);
    }
}
