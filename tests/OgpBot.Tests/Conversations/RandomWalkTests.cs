using System.Text;
using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Messages;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Conversations;

/// <summary>
/// Citizens who do whatever comes to mind: answers, commands, questions, corrections, garbage, with restarts in between. Each walk has its seed and can be
/// played again.
/// </summary>
public sealed class RandomWalkTests
{
    private const int Walks = 20;
    private const int Rounds = 5;
    private const int TurnsPerRound = 104;

    /// <summary>Bytes of the engine's state of one conversation.</summary>
    private const int LargestState = 8 * 1024;

    /// <summary>What changes no draft, in the language that it is said in.</summary>
    private static readonly Dictionary<string, string[]> Harmless = new()
    {
        ["es"] = ["ayuda", "¿qué pongo aquí?", "no entiendo", "persona", "estado", "gracias", "¿quién revisa esto?", "¿qué es un eje?", "¿cómo va el plan?", "menú", "hola", "/start"],
        ["en"] = ["help", "what do I put here?", "I don't understand", "person", "status", "thanks", "who reads this?", "what is an axis?", "menu", "hello", "/start"],
    };

    private static readonly string[] Daring =
    [
        "atrás", "back", "cancelar", "cancel", "empezar de nuevo", "start again", "idioma", "language", "corregir", "corregir alcaldía", "corregir problema", "cambiar eje", "correct scope",
        "me equivoqué, es Tlalpan", "me equivoqué", "I meant the whole city", "sí", "no", "simón", "nel", "mejor no", "la 3", "el tercero", "la última", "1", "2", "7", "99", "gam", "juarez o hidalgo",
        "mis aportes", "mis datos", "my data",
    ];

    private static readonly string[] Texts =
    [
        "En la colonia no se sabe cuándo pasa la basura y se junta en las esquinas de los vecinos.",
        "¿Por qué no hay agua en toda la colonia desde hace tres meses?",
        "Me cobraron de más en mi recibo y nadie me da razón.",
        "Hay un bache en la esquina de mi casa",
        "Mi vecino me golpea y en la alcaldía nadie hace caso a las mujeres",
        "Mi correo es ana@correo.example y mi teléfono es 55 1234 5678, pido que se publique el presupuesto",
        "Nobody publishes the contracts of the works that are done in the borough",
        "PAGA-1234-ABCD-5", "ñandú 🙂🙂🙂", "asdfghjk qwrtplk", "?", "¿?", "...", "«»", "{problem}", "<b>x</b>", "' OR 1=1 --", "\u202Eatrás", "é", "0",
    ];

    private static readonly string[] DraftSlots = ["problem", "proposal", "axis", "scope", "borough", "place", "contact", "contact_name", "contact_email", "contact_phone"];

    [Fact]
    [Trait("speed", "slow")]
    public async Task Whatever_citizens_do_the_conversation_stays_whole()
    {
        TestRun.SkipUnlessAll();
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        var walks = Enumerable.Range(1, Walks).Select(seed => new Walk(seed)).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            await using var host = await TestHost.StartAsync(folder.Path, clock: clock);
            await Task.WhenAll(walks.Select(walk => Task.Run(() => walk.PlayAsync(host))));
            clock.Advance(TimeSpan.FromHours(1));
        }

        walks.Sum(walk => walk.Turns).ShouldBeGreaterThanOrEqualTo(10_000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{walks.Sum(walk => walk.Turns)} turns, largest state {walks.Max(walk => walk.Largest)} bytes");
    }

    /// <summary>One citizen, who is the same in each run.</summary>
    private sealed class Walk(int seed)
    {
        private readonly Random random = new(seed);
        private string? conversation;
        private IReadOnlyList<string> choices = [];

        internal int Turns { get; private set; }

        internal int Largest { get; private set; }

        internal async Task PlayAsync(TestHost host)
        {
            var talk = conversation is null ? await Talk.BeginAsync(host, $"walk-{seed}") : new Talk(host, conversation);
            conversation = talk.Id;
            for (var end = Turns + TurnsPerRound; Turns < end; Turns++)
            {
                var before = StateOf(host, talk.Id);

                // Who had all erased begins anew in the first language.
                var harmless = Harmless[before.Slots.GetValueOrDefault(DialogEngine.LanguageSlot)?.Value ?? LocalizedText.DefaultLanguage];
                var said = Next(random, choices, harmless);
                var trace = $"seed {seed}, turn {Turns}, «{said}»";
                var replies = await SayAsync(host, talk, said, $"{talk.Id}-{Turns}");
                choices = replies.Select(ChoicesOf).LastOrDefault(found => found.Count > 0) ?? choices;
                var after = StateOf(host, talk.Id);

                replies.ShouldNotBeEmpty(trace);
                replies.ShouldAllBe(reply => !reply.Text!.Contains("Algo falló", StringComparison.Ordinal) && !reply.Text.Contains("Something went wrong", StringComparison.Ordinal), trace);
                replies.Where(reply => ChoicesOf(reply).Count > 0).Select(reply => reply.Text).ShouldBeUnique(trace);
                replies.Count(reply => ChoicesOf(reply).Count > 0).ShouldBeLessThanOrEqualTo(1, trace);
                Largest = Math.Max(Largest, Encoding.UTF8.GetByteCount(after.ToJson()));
                Largest.ShouldBeLessThanOrEqualTo(LargestState, $"{string.Join(", ", after.Slots.Where(slot => slot.Value.Value.Length > 100).Select(slot => $"{slot.Key} {slot.Value.Value.Length}"))}: {trace}");
                if (harmless.Contains(said))
                {
                    Draft(after).ShouldBe(Draft(before), trace);
                }

                if (Turns % 25 == 24)
                {
                    choices = await MenuOf(host, talk, trace);
                }
            }
        }
    }

    private static async Task<IReadOnlyList<string>> MenuOf(TestHost host, Talk talk, string trace)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var choices = (await SayAsync(host, talk, "menú", $"{talk.Id}-{trace}-{attempt}")).SelectMany(ChoicesOf).ToList();
            if (choices.Any(choice => choice is "Enviar un problema o propuesta" or "Send a problem or proposal"))
            {
                return choices;
            }
        }

        throw new InvalidOperationException($"no way to the menu: {trace}");
    }

    private static async Task<List<ActivityRow>> SayAsync(TestHost host, Talk talk, string text, string clientId)
    {
        var seq = await talk.SendAsync(text, clientId);
        await talk.WhenIdleAsync();
        return [.. host.Get<ConversationReader>().ActivitiesAfter(talk.Id, seq).Where(activity => activity.ReplyTo == seq)];
    }

    // What is shown is answered most of the time; the rest is whatever comes to mind.
    private static string Next(Random random, IReadOnlyList<string> choices, string[] harmless)
    {
        return random.Next(100) switch
        {
            < 45 when choices.Count > 0 => choices[random.Next(choices.Count)],
            < 60 => harmless[random.Next(harmless.Length)],
            < 78 => Daring[random.Next(Daring.Length)],
            < 97 => Texts[random.Next(Texts.Length)],
            < 98 => string.Concat(Enumerable.Repeat("Los vecinos pedimos información. ", 59)),
            < 99 => string.Concat(Enumerable.Repeat("Los vecinos pedimos información. ", 70)),
            _ => new string([.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next(32, 0x2FF))]),
        };
    }

    private static IReadOnlyList<string> ChoicesOf(ActivityRow activity) => ActivityExtra.Read(activity.Extra).Choices ?? [];

    private static DialogState StateOf(TestHost host, string conversation)
    {
        using var database = host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContext();
        return DialogState.FromJson(database.Set<Conversation>().Single(row => row.Id == conversation).State);
    }

    private static string Draft(DialogState state) => string.Join('|', DraftSlots.Select(slot => $"{slot}={state.Slots.GetValueOrDefault(slot)?.Value}"));
}
