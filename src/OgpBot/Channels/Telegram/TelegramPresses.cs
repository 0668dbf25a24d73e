using System.Threading.Channels;
using OgpBot.Channels.Telegram.Api;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Answers pressed buttons; otherwise they go on spinning. Nothing is stored: a button that nobody looks at any more needs no answer. Each answer is tried
/// until it is done or Telegram says that it is too late, which is soon. So an answer waits only for its own <c>retry_after</c>, while messages wait for all.
/// </summary>
internal sealed class TelegramPresses(TelegramBot bot, TelegramPace pace, TimeProvider clock) : BackgroundService
{
    // So many may be on their way, or wait for another try, before the next ones wait for their turn.
    private const int MostAtOnce = 100;
    private const int MostRemembered = 1000;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    // Telegram takes an answer for some fifteen seconds only.
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(2);

    private readonly Channel<(string Query, string? Notice)> waiting = Channel.CreateUnbounded<(string, string?)>();
    private readonly OrderedDictionary<string, bool> known = [];

    /// <summary>Answers a press, once, however often Telegram brings it.</summary>
    /// <param name="notice">Plain text, at most 200 units, shown for a moment; null: the button only stops to spin.</param>
    internal void Answer(string query, string? notice)
    {
        lock (known)
        {
            if (!known.TryAdd(query, true))
            {
                return;
            }

            if (known.Count > MostRemembered)
            {
                known.RemoveAt(0);
            }
        }

        waiting.Writer.TryWrite((query, notice));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        await Task.WhenAny(ExecuteTask ?? Task.CompletedTask, Task.Delay(DrainLimit, clock, cancellationToken));
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        waiting.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = stoppingToken },
        async (answer, cancellationToken) =>
        {
            try
            {
                await pace.UntilTakenAsync(
                    null, () => bot.Client!.AnswerCallbackQuery(answer.Query, answer.Notice, cancellationToken: cancellationToken), cancellationToken, LongestBackOff);
            }
            catch (RequestException)
            {
                // Too late, or the bot is not known any more: the one who polls is told that too.
            }
        });
}
