using System.Diagnostics;
using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>The host is killed again and again while citizens write: nothing that they were told is lost, nothing happens twice.</summary>
public sealed class DirectLineCrashTests(ITestOutputHelper output)
{
    // Nearly all of the time goes by while a host starts; two of them share it between two cores.
    private const int Hosts = 2;
    private const int KillsEach = 25;
    private const int CitizensEach = 6;
    private const int Seed = 20_261_121;
    private const int MostAnswers = 40;
    private const int LongestMoment = 30;

    // One in so many does not live to serve: it is killed while it starts.
    private const int KillsPerStart = 5;
    private const int LongestStart = 1_500;

    // Two minutes on a machine that does nothing else; this only ends what never would.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(12);

    // What is said, and how the reply to it begins. The problem is each dialog's own.
    private static readonly (string Said, string Reply)[] Dialog =
    [
        ("Enviar un problema o propuesta", "Paso 1 de 9"),
        ("Acepto", "Paso 2 de 9"),
        ("", "Paso 3 de 9"),
        ("Gobierno digital y acceso a servicios públicos", "Paso 4 de 9"),
        ("Mi colonia", "Paso 5 de 9"),
        ("Coyoacán", "Paso 6 de 9"),
        ("Santo Domingo", "Paso 7 de 9"),
        ("Publicar un calendario de tandeo por colonia, con avisos.", "Paso 8 de 9"),
        ("Prefiero no dejar datos", "Paso 9 de 9"),
        ("Enviar", "¡Gracias!"),
    ];

    [Fact]
    [Trait("speed", "slow")]
    public async Task Killed_at_any_moment_the_host_stores_each_folio_once_loses_no_draft_and_replies_once()
    {
        TestRun.SkipUnlessAll();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestRun);
        var began = Stopwatch.GetTimestamp();

        var played = (await Task.WhenAll(Enumerable.Range(Seed, Hosts).Select(seed => SurviveAsync(seed, limit)))).SelectMany(dialogs => dialogs).ToList();

        var cutShort = played.Sum(dialog => dialog.CutShort);
        output.WriteLine($"{Hosts * KillsEach} kills, {played.Count} folios, {cutShort} requests cut short, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        cutShort.ShouldBeGreaterThan(Hosts * KillsEach / 2, "most kills hit nobody");
    }

    // All that was shown in one host's life and deaths, compared with what it stored.
    private static async Task<IReadOnlyList<Played>> SurviveAsync(int seed, CancellationTokenSource limit)
    {
        using var folder = new TemporaryFolder();
        using var lastKill = new CancellationTokenSource();
        var address = SeparateHost.FreeAddress();
        var answers = new Answers();
        var citizens = Task.WhenAll(Enumerable.Range(1, CitizensEach).Select(number => OrEndAsync(limit, PlayAsync(number, address, answers, lastKill.Token, limit.Token))));
        await Task.WhenAll(citizens, OrEndAsync(limit, KillAgainAndAgainAsync(new Random(seed), folder.Path, address, answers, lastKill, citizens, limit.Token)));

        var played = (await citizens).SelectMany(dialogs => dialogs).ToList();
        var exported = (await SeparateHost.RunAsync(folder.Path, limit.Token, "export", "--format", "jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Select(row => (Folio: row.Text("folio")!, Problem: row.Text("problem")!)).ToList();
        exported.Order().ShouldBe(played.Select(dialog => (dialog.Folio, dialog.Problem)).Order());
        exported.Select(row => row.Folio).ShouldBeUnique();
        return played;
    }

    // The moment of each kill is chance: so many answers, which takes a busy machine longer, and a little more. The last host stays until everyone
    // has a folio.
    private static async Task<bool> KillAgainAndAgainAsync(
        Random random, string folder, Uri address, Answers answers, CancellationTokenSource lastKill, Task citizens, CancellationToken cancellationToken)
    {
        for (var kills = 0; kills < KillsEach; kills++)
        {
            using var host = kills % KillsPerStart == 0
                ? SeparateHost.Launch(folder, address)
                : await SeparateHost.StartAsync(folder, address, cancellationToken);
            if (kills % KillsPerStart != 0)
            {
                await answers.MoreAsync(random.Next(MostAnswers), cancellationToken);
            }

            await Task.Delay(random.Next(kills % KillsPerStart == 0 ? LongestStart : LongestMoment), cancellationToken);
            await host.KillAsync(cancellationToken);
        }

        using var last = await SeparateHost.StartAsync(folder, address, cancellationToken);
        await lastKill.CancelAsync();
        await citizens;
        return true;
    }

    // After a failure there is no use in going on.
    private static async Task<T> OrEndAsync<T>(CancellationTokenSource limit, Task<T> work)
    {
        try
        {
            return await work;
        }
        catch
        {
            await limit.CancelAsync();
            throw;
        }
    }

    // One dialog after another, each in a conversation of its own; the one that is open at the last kill is played to its end.
    private static async Task<List<Played>> PlayAsync(int number, Uri address, Answers answers, CancellationToken lastKill, CancellationToken cancellationToken)
    {
        var played = new List<Played>();
        while (!lastKill.IsCancellationRequested)
        {
            played.Add(await PlayAsync($"Falta agua: persona {number}, aporte {played.Count + 1}.", address, answers, cancellationToken));
        }

        return played;
    }

    private static async Task<Played> PlayAsync(string problem, Uri address, Answers answers, CancellationToken cancellationToken)
    {
        using var citizen = new StubbornCitizen(address, cancellationToken) { Answered = answers.Count };
        await citizen.BeginAsync();
        var reply = "";
        foreach (var (step, (said, begins)) in Dialog.Index())
        {
            var before = reply;
            reply = await citizen.SayAsync(said.Length > 0 ? said : problem, $"{step}");
            reply.ShouldStartWith(begins, customMessage: $"the draft was lost after {before}");
            if (step == Dialog.Length - 2)
            {
                reply.ShouldContain(problem);
            }
        }

        await citizen.ReadAsync();
        ShouldBeWholeAndOnce(citizen.Shown);
        (await citizen.HistoryAsync()).Select(activity => activity.GetRawText()).ShouldBe(citizen.Shown.Select(activity => activity.GetRawText()));
        return new Played(reply.Split('\n')[1], problem, citizen.CutShort);
    }

    private static void ShouldBeWholeAndOnce(IReadOnlyList<JsonElement> shown)
    {
        shown.Select(activity => activity.Text("id")).ShouldBeUnique();
        var byBot = shown.Where(activity => activity.GetProperty("from").Text("role") == "bot").ToList();
        byBot.Select(activity => (activity.Text("replyToId"), activity.Text("text"))).ShouldBeUnique();
        var said = shown.Except(byBot).ToList();
        said.Select(activity => activity.GetProperty("channelData").Text("clientActivityID")).ShouldBe(Dialog.Index().Select(step => $"{step.Index}"));
        byBot.Select(activity => activity.Text("replyToId")).Distinct().Count().ShouldBe(Dialog.Length + 1, "the welcome and one reply to each");
    }

    // How many answers all citizens got.
    private sealed class Answers
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
        private int count;

        internal void Count() => Interlocked.Increment(ref count);

        internal async Task MoreAsync(int more, CancellationToken cancellationToken)
        {
            for (var enough = Volatile.Read(ref count) + more; Volatile.Read(ref count) < enough;)
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    private sealed record Played(string Folio, string Problem, int CutShort);
}
