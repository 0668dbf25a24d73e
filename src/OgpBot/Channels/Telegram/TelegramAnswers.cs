using System.Threading.Channels;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Answers pressed buttons, which else go on spinning. It is not stored: what the press says is, and a button that nobody looks at any more needs no
/// answer. Each is tried until it is done or Telegram says that it is too late, which is soon: so an answer waits as long as it was told itself, and
/// messages, which have time, wait for all.
/// </summary>
internal sealed class TelegramAnswers(TelegramBot bot, TelegramPace pace, TimeProvider clock) : BackgroundService
{
    // So many may be on their way, or wait for another try, before the next ones wait for their turn.
    private const int MostAtOnce = 100;
    private const int MostRemembered = 1000;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    // Telegram takes an answer for some fifteen seconds only.
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(2);

    private readonly Channel<Answer> waiting = Channel.CreateUnbounded<Answer>();
    private readonly HashSet<string> known = [];
    private readonly Queue<string> remembered = [];

    /// <summary>Answers a press, once, however often Telegram brings it.</summary>
    /// <param name="notice">Shown for a moment; null: the button only stops to spin.</param>
    internal void Add(CallbackQuery query, string? notice)
    {
        lock (known)
        {
            if (!known.Add(query.Id))
            {
                return;
            }

            remembered.Enqueue(query.Id);
            if (remembered.Count > MostRemembered)
            {
                known.Remove(remembered.Dequeue());
            }
        }

        waiting.Writer.TryWrite(new Answer(query.Id, notice));
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
        SendAsync);

    private async ValueTask SendAsync(Answer answer, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await bot.Client!.AnswerCallbackQueryAsync(answer.Query, answer.Notice, cancellationToken);
                return;
            }
            catch (TelegramProblem problem) when (problem.RetryAfter is { } wait)
            {
                pace.Obey(null, wait);
                await Task.Delay(wait, clock, cancellationToken);
            }
            catch (TelegramProblem problem) when (problem.Remedy is TelegramRemedy.WaitThenRetry or TelegramRemedy.WarnThenRetry)
            {
                await Task.Delay(BackOff, clock, cancellationToken);
            }
            catch (TelegramProblem)
            {
                return;
            }
        }
    }

    private readonly record struct Answer(string Query, string? Notice);
}
