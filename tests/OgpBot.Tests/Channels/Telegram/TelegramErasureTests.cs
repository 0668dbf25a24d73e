using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Storage;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>What a citizen had erased reaches Telegram no more, and where she is found is forgotten.</summary>
public sealed class TelegramErasureTests
{
    private const long Chat = 1001;
    private const string Problem = "MARCA-problema: no hay luz en las calles.";

    [Fact]
    public async Task An_answer_that_waits_to_be_sent_is_dropped_the_last_word_comes_and_then_the_address_goes()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await citizen.PressAsync("Acepto", "Paso 2 de 9");
        await citizen.SayAsync(Problem, "Paso 3 de 9");
        await citizen.SayAsync("menú", "¿Qué quiere hacer?");
        var before = run.Api.Replies(Chat).Count;

        // Telegram asks to wait with the answer that quotes her, again and again.
        run.Api.Fail("sendMessage", FakeFault.TooMany(5), times: int.MaxValue);
        run.Api.SendText(Chat, "Enviar un problema o propuesta");
        await run.Api.WhenAsync(() => run.Api.Counters.GetValueOrDefault("fault_429") > 0, "a refusal");
        run.Api.SendText(Chat, "mis datos");
        run.Api.SendText(Chat, "Borrar todo");
        run.Api.SendText(Chat, "Sí, borrar todo");
        await UntilAsync(run, async database => await database.Set<Conversation>().AnyAsync(conversation => conversation.ErasedAt != null));
        run.Api.ClearFaults();

        await citizen.ReadAsync("Listo: borramos todo lo suyo");
        run.Api.Replies(Chat).Skip(before).Select(reply => reply.Text).ShouldAllBe(text => !text.Contains("MARCA"));
        await UntilAsync(run, async database => await database.Set<Conversation>().AllAsync(conversation => conversation.Address == null));

        run.Api.SendText(Chat, "hola");
        await citizen.ReadAsync("¿Qué quiere hacer?");
        await UntilAsync(run, async database => await database.Set<Conversation>().CountAsync() == 2);
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
    }

    private static async Task UntilAsync(TelegramRun run, Func<OgpBotDb, Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            await using var database = await run.Host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(limit.Token);
            if (await condition(database))
            {
                return;
            }

            await Task.Yield();
        }
    }
}
