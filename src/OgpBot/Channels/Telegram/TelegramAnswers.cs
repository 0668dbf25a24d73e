using System.Threading.Channels;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// Answers pressed buttons, which else go on spinning. It is not stored: what the press says is, and a button that nobody looks at any more needs no
/// answer. Each is tried until it is done or Telegram says that it is too late.
/// </summary>
internal sealed class TelegramAnswers(TelegramBot bot, TelegramPace pace, TimeProvider clock) : BackgroundService
{
    // So many may be on their way, or wait for another try, before the next ones wait for their turn.
    private const int MostAtOnce = 100;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(5);

    // Telegram takes an answer for some fifteen seconds only.
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(2);

    private readonly Channel<Answer> waiting = Channel.CreateUnbounded<Answer>();

    /// <param name="notice">Shown for a moment; null: the button only stops to spin.</param>
    internal void Add(CallbackQuery query, string? notice) => waiting.Writer.TryWrite(new Answer(query.Id, query.From.Id, notice));

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
            await pace.WhenAllowedAsync(answer.Chat, cancellationToken);
            try
            {
                await bot.Client!.AnswerCallbackQueryAsync(answer.Query, answer.Notice, cancellationToken);
                return;
            }
            catch (TelegramProblem problem) when (problem.RetryAfter is { } wait)
            {
                pace.Obey(answer.Chat, wait);
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

    private readonly record struct Answer(string Query, long Chat, string? Notice);
}
