using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The host is killed again and again, at moments that it does not choose.</summary>
public sealed class TelegramCrashTests
{
    private const int Citizens = 120;
    private const int Kills = 50;
    private const int LongestLife = 1500;

    [Fact]
    [Trait("speed", "slow")]
    public async Task However_often_the_host_is_killed_each_citizen_gets_one_folio_and_no_reply_twice_but_what_was_on_its_way()
    {
        TestRun.SkipUnlessAll();
        using var folder = new TemporaryFolder();
        await using var api = await FakeBotApi.StartAsync();
        var random = new Random(20261120);
        var killedAt = new List<long>();
        TelegramCitizen[] citizens = [.. Enumerable.Range(1, Citizens).Select(chat => new TelegramCitizen(api, chat))];
        var real = Stopwatch.StartNew();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(TimeSpan.FromMinutes(6));
        var played = Task.WhenAll(citizens.Select(citizen => citizen.PlayAsync((condition, what) => citizen.UntilAsync(condition, what, end.Token))));

        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start(folder, api);
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

            // Half of the lives end by the clock, somewhere from the first instruction on; the others after some calls of a working host.
            if (random.Next(4) > 0)
            {
                var calls = api.Calls.Count + random.Next(4, 60);
                await Task.WhenAny(api.WhenAsync(() => api.Calls.Count >= calls || played.IsCompleted, "calls of the host"), process.WaitForExitAsync(end.Token));
            }
            else
            {
                await Task.WhenAny(process.WaitForExitAsync(end.Token), Task.Delay(random.Next(LongestLife), end.Token));
            }

            process.HasExited.ShouldBeFalse(process.HasExited ? await errors : "");
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            killedAt.Add(api.LastMessage);
        }

        using (var last = Start(folder, api))
        {
            _ = last.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            _ = last.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await played;
            last.Kill();
            await last.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var stored = Stored(folder).ToDictionary(row => row.Problem, row => row.Folio);
        stored.Count.ShouldBe(Citizens);
        stored.Values.Distinct().Count().ShouldBe(Citizens);
        citizens.ShouldAllBe(citizen => citizen.Folios.Count == 1 && stored[citizen.Problem] == citizen.Folios[0]);
        var repeats = citizens.SelectMany(citizen => Repeats(citizen.Written)).ToList();
        repeats.ShouldAllBe(repeat => killedAt.Any(last => repeat.First <= last && last < repeat.Second), "each repeat follows a kill");
        string[] allowed =
        [
            FakeRules.CallbackUnanswered, FakeRules.CallbackAnsweredLate, FakeRules.ChatRate, FakeRules.OverallRate, FakeRules.TwoPollers, FakeRules.NotModified,
        ];
        api.BrokenRules.Keys.ShouldAllBe(rule => allowed.Contains(rule), string.Join("; ", api.Notes));
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{real.Elapsed}: {Kills} kills, {Citizens} citizens, {repeats.Count} repeats, {api.LastMessage} messages; {string.Join(", ", api.BrokenRules)}");
        TestContext.Current.TestOutputHelper?.WriteLine(line);
    }

    private static Process Start(TemporaryFolder folder, FakeBotApi api) => OgpBotProcess.Start(
        folder.Path,
        ["--urls", $"http://{FreeAddress()}"],
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            .. TelegramRun.SettingsFor(api).Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)),
        ]);

    private static IEnumerable<(long First, long Second)> Repeats(IReadOnlyList<(long Id, string Text)> written) =>
        written.GroupBy(reply => reply.Text).SelectMany(same => same.Zip(same.Skip(1), (first, second) => (first.Id, second.Id)));

    private static List<(string Problem, string Folio)> Stored(TemporaryFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("ogpbot.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT problem, folio FROM submissions";
        using var rows = command.ExecuteReader();
        var stored = new List<(string, string)>();
        while (rows.Read())
        {
            stored.Add((rows.GetString(0), rows.GetString(1)));
        }

        return stored;
    }

    private static IPEndPoint FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
