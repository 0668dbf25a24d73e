using OgpBot.Channels.Telegram;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Client, pace and remedies together, in the smallest bot there is: it echoes. On bad days minutes pass, but not for us.</summary>
public sealed class TelegramTogetherTests
{
    private const int Citizens = 40;
    private const int Texts = 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task On_a_very_bad_day_every_citizen_gets_every_reply_in_order_and_no_rule_is_broken(int seed)
    {
        using var clock = new ManualClock { Grain = TimeSpan.FromMilliseconds(100), AutoAdvance = true };
        await using var api = await FakeBotApi.StartAsync(clock, seed);
        api.Rates = new FakeFaultRates { P429 = 0.25, P5xx = 0.1, PReset = 0.05, PDuplicate = 0.3, PReversed = 0.3 };
        using var client = new TelegramClient(api.Address, FakeBotApi.Token, clock, clock.Watch(TelegramTransport.Sockets()));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var bot = new EchoBot(client, new TelegramPace(clock), clock);
        var running = bot.RunAsync(stop.Token);

        await Task.WhenAll(Enumerable.Range(1, Citizens).Select(async chat =>
        {
            for (var text = 1; text <= Texts; text++)
            {
                api.SendText(chat, $"{text}");
                await api.WhenAsync(() => api.Replies(chat).Any(reply => reply.Text == $"{text}"), $"reply {text} to {chat}");
            }
        }));
        await stop.CancelAsync();
        await running.Soon();

        var expected = Enumerable.Range(1, Texts).Select(text => $"{text}").ToList();
        Enumerable.Range(1, Citizens).ShouldAllBe(chat => api.Replies(chat).Select(reply => reply.Text).Distinct().SequenceEqual(expected));
        var twice = Enumerable.Range(1, Citizens).Sum(chat => api.Replies(chat).Count) - (Citizens * Texts);
        twice.ShouldBe(api.Counters.GetValueOrDefault("lost_sendMessage"));
        api.BrokenRules.ShouldBeEmpty(string.Join("; ", api.Notes));
        api.Counters["fault_429"].ShouldBeGreaterThan(10);
        api.Counters["duplicates"].ShouldBeGreaterThan(0);
    }

    private sealed class EchoBot(TelegramClient client, TelegramPace pace, TimeProvider clock)
    {
        private readonly HashSet<long> seen = [];
        private readonly Dictionary<long, Task> lanes = [];

        internal async Task RunAsync(CancellationToken stop)
        {
            for (var offset = 0L; !stop.IsCancellationRequested;)
            {
                try
                {
                    var batch = await TryAsync(null, () => client.GetUpdatesAsync(offset, TimeSpan.FromSeconds(50), stop), stop);
                    foreach (var update in batch.Updates.Where(update => seen.Add(update.UpdateId)))
                    {
                        var chat = update.Message!.Chat.Id;
                        lanes[chat] = EchoAfterAsync(lanes.GetValueOrDefault(chat, Task.CompletedTask), chat, update.Message.Text!, stop);
                    }

                    offset = batch.NextOffset;
                }
                catch (OperationCanceledException)
                {
                    // The loop ends.
                }
            }

            await Task.WhenAll(lanes.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task EchoAfterAsync(Task before, long chat, string text, CancellationToken stop)
        {
            await before;
            await TryAsync(
                chat,
                async () =>
                {
                    using (await pace.EnterAsync(chat, stop))
                    {
                        return await client.SendMessageAsync(chat, TelegramText.Escape(text), null, stop);
                    }
                },
                stop);
        }

        private async Task<T> TryAsync<T>(long? chat, Func<Task<T>> call, CancellationToken stop)
        {
            for (var failures = 1; ; failures++)
            {
                try
                {
                    return await call();
                }
                catch (TelegramProblem problem) when (problem.Remedy == TelegramRemedy.WaitThenRetry)
                {
                    if (problem.RetryAfter is { } retryAfter)
                    {
                        pace.Obey(chat, retryAfter);
                    }

                    await Task.Delay(problem.WaitAfter(failures), clock, stop);
                }
            }
        }
    }
}
