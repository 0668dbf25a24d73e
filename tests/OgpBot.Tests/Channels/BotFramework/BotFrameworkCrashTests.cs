using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>The host is killed again and again while citizens write and the connector fails now and then.</summary>
public sealed class BotFrameworkCrashTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int Citizens = 12;
    private const int MostMessages = 12;
    private const int LongestMoment = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Some minutes on a busy machine; this only ends what never would.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(12);

    // What is said, and how the reply to it begins.
    private static readonly (string Said, string Reply)[] Dialog =
    [
        ("hola", "¿Qué quiere hacer?"),
        ("Enviar un problema o propuesta", "Paso 1 de 9"),
        ("Acepto", "Paso 2 de 9"),
        ("", "Paso 3 de 9"),
        ("Gobierno digital y acceso a servicios públicos", "Paso 4 de 9"),
        ("Toda la ciudad", "Paso 7 de 9"),
        ("Publicar un calendario de tandeo por colonia, con avisos.", "Paso 8 de 9"),
        ("Prefiero no dejar datos", "Paso 9 de 9"),
        ("Enviar", "¿Qué más quiere hacer?"),
    ];

    [Fact]
    [Trait("speed", "slow")]
    public async Task However_often_the_host_is_killed_each_citizen_gets_one_folio_and_no_reply_twice_but_what_was_on_its_way()
    {
        TestRun.SkipUnlessAll();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(LongestRun);
        using var folder = new TemporaryFolder();
        await using var connector = await FakeConnector.StartAsync();
        var address = SeparateHost.FreeAddress();
        var random = new Random(20_261_130);
        var noted = new List<Dictionary<string, int>>();
        var broughtAgain = 0;
        var citizens = Enumerable.Range(1, Citizens).Select(number => (Name: $"citizen {number}", Problem: $"El agua llega sólo dos horas al día a la casa número {number}.")).ToList();

        // Some begin at each life of the host, so that each kill meets beginnings and ends.
        var played = new List<Task>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var host = await SeparateHost.StartAsync(folder.Path, address, limit.Token, ("OgpBot__BotFramework__AllowAnonymous", "true"));
            played.AddRange(citizens.Skip(played.Count).Take(kill == 0 ? 3 : 1).Select(citizen => PlayAsync(citizen.Name, citizen.Problem)));
            connector.Fail([.. Enumerable.Range(0, random.Next(3)).Select(_ => new FakeConnector.Fault(random.Next(2) == 0 ? 503 : 0, Takes: false))]);
            var enough = connector.Count + random.Next(2, MostMessages);
            await connector.WhenAsync(() => connector.Count >= enough, "messages", LongestRun);
            await Task.Delay(random.Next(LongestMoment), limit.Token);
            await host.KillAsync(limit.Token);
            noted.Add(Noted(folder));
            connector.Epoch++;
        }

        using (var last = await SeparateHost.StartAsync(folder.Path, address, limit.Token, ("OgpBot__BotFramework__AllowAnonymous", "true")))
        {
            played.AddRange(citizens.Skip(played.Count).Select(citizen => PlayAsync(citizen.Name, citizen.Problem)));
            await Task.WhenAll(played);
        }

        var exported = (await SeparateHost.RunAsync(folder.Path, limit.Token, "export", "--format", "jsonl"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        exported.Select(row => row.Text("problem")).ShouldBe(citizens.Select(citizen => citizen.Problem), ignoreOrder: true);
        exported.Select(row => row.Text("folio")).ShouldBeUnique();
        var repeats = citizens.Sum(citizen => RepeatsAfterAKill(connector.Messages(citizen.Name), citizen.Name, noted));
        output.WriteLine($"{Kills} kills, {Citizens} folios, {connector.Count} messages, {broughtAgain} posts brought again, {repeats} replies that were on their way came again");

        async Task PlayAsync(string name, string problem)
        {
            using var citizen = new BotFrameworkCitizen(connector, name);
            foreach (var (said, reply) in Dialog)
            {
                var activity = citizen.Message(said.Length > 0 ? said : problem).ToJsonString();
                while (!await TryPostAsync(citizen, activity))
                {
                    Interlocked.Increment(ref broughtAgain);
                    await Task.Delay(Pause, limit.Token);
                }

                await connector.WhenAsync(() => citizen.Replies.Any(message => message.Text.StartsWith(reply, StringComparison.Ordinal)), $"{reply} for {name}", LongestRun);
            }
        }

        // As a channel does: what was not acknowledged is brought again, under the same id.
        async Task<bool> TryPostAsync(BotFrameworkCitizen citizen, string activity)
        {
            try
            {
                using var answer = await citizen.PostAsync(address, activity);
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    // The order is kept, so what comes again comes right after itself: only with a kill between, and only where the host did not know yet that it was taken.
    private static int RepeatsAfterAKill(IReadOnlyList<FakeConnector.Taken> messages, string citizen, List<Dictionary<string, int>> noted)
    {
        var (distinct, repeats) = (0, 0);
        foreach (var (at, message) in messages.Index())
        {
            if (at == 0 || message.Text != messages[at - 1].Text)
            {
                distinct++;
                continue;
            }

            repeats++;
            message.Epoch.ShouldBeGreaterThan(messages[at - 1].Epoch, $"twice without a kill: {message.Text}");
            noted[messages[at - 1].Epoch].GetValueOrDefault(citizen).ShouldBeLessThan(distinct, $"noted as sent, and sent again: {message.Text}");
        }

        messages.Select(message => message.Text).Distinct().Count().ShouldBe(distinct, "out of order");
        return repeats;
    }

    // How many messages to each citizen the host knows to have been taken.
    private static Dictionary<string, int> Noted(TemporaryFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("ogpbot.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT address, COUNT(*) FROM activities JOIN conversations ON conversations.id = conversation_id WHERE delivery = 1 GROUP BY address";
        using var rows = command.ExecuteReader();
        var noted = new Dictionary<string, int>();
        while (rows.Read())
        {
            noted[JsonSerializer.Deserialize<string[]>(rows.GetString(0))![1]] = rows.GetInt32(1);
        }

        return noted;
    }
}
