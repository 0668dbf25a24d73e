using System.Diagnostics;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>While a language model is waited for, Telegram shows that the bot writes.</summary>
public sealed class TelegramTypingTests
{
    private const long Chat = 1001;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_model_that_is_waited_for_is_shown_as_typing_and_nothing_of_it_is_kept()
    {
        using var folder = new TemporaryFolder();
        await using var model = await ScriptedModel.StartAsync();
        var answer = new TaskCompletionSource();
        model.Behaviour = async (http, request, cancellationToken) =>
        {
            await answer.Task.WaitAsync(cancellationToken);
            await ScriptedModel.StreamAsync(http, ScriptedModel.NothingToAdd(request), cancellationToken);
        };
        await using var run = await TelegramRun.StartAsync(model.Settings(folder));
        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await citizen.SayAsync("acepto", "Paso 2 de 9");
        var before = run.Api.Replies(Chat).Count;
        run.Api.SendText(Chat, citizen.Problem);

        // Once soon, and again before Telegram takes it away after five seconds.
        var soon = await MoveUntilTypingAsync(run, 1);
        soon.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(600));
        (soon + await MoveUntilTypingAsync(run, 2)).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(4600));
        run.Api.Replies(Chat).Count.ShouldBe(before);
        answer.SetResult();

        await citizen.ReadAsync("Paso 3 de 9");
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
    }

    // The clock is held while the model is waited for: only the test moves it.
    private static async Task<TimeSpan> MoveUntilTypingAsync(TelegramRun run, int times)
    {
        var limit = Stopwatch.StartNew();
        var moved = TimeSpan.Zero;
        while (run.Api.Calls.Count(call => call.Method == "sendChatAction") < times)
        {
            limit.Elapsed.ShouldBeLessThan(Patience);
            run.Clock.Advance(Moment);
            moved += Moment;
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return moved;
    }
}
