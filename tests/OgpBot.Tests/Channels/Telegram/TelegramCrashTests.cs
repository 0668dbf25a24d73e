using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>On a very bad day the host is killed again and again, at moments that it does not choose.</summary>
public sealed class TelegramCrashTests
{
    // Nearly all of the time goes by while a host starts or waits as long as it was told; two of them share it.
    private const int Hosts = 2;
    private const int Kills = 25;
    private const int AtFirst = 10;
    private const int Citizens = AtFirst + ((Kills + 1) / 2);
    private const int LongestLife = 1500;
    private const int Seed = 20_261_120;

    // Minutes on a busy machine, for each start costs a second or more; this only ends what never would.
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(12);

    // Who is killed forgets how fast it wrote, how long it was told to wait and whom it was about to answer; and it edits again what it could not note.
    private static readonly string[] Forgotten =
    [
        FakeRules.CallbackUnanswered, FakeRules.CallbackAnsweredLate, FakeRules.ChatRate, FakeRules.OverallRate, FakeRules.IgnoredRetryAfter,
        FakeRules.NotModified, FakeRules.RetriedAfter4xx,
    ];

    [Fact]
    [Trait("speed", "slow")]
    public async Task However_often_the_host_is_killed_each_citizen_gets_one_folio_and_no_reply_twice_but_what_was_on_its_way()
    {
        TestRun.SkipUnlessAll();
        await Task.WhenAll(Enumerable.Range(Seed, Hosts).Select(SurviveAsync));
    }

    private static async Task SurviveAsync(int seed)
    {
        using var folder = new TemporaryFolder();
        await using var api = await FakeBotApi.StartAsync();
        api.Rates = new FakeFaultRates { P429 = 0.25, P5xx = 0.1, PReset = 0.05, PDuplicate = 0.3, PReversed = 0.3 };
        var random = new Random(seed);
        var noted = new HashSet<long>();
        var real = Stopwatch.StartNew();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(LongestRun);
        TelegramCitizen[] citizens = [.. Enumerable.Range(1, Citizens).Select(chat => new TelegramCitizen(api, chat))];
        var played = citizens.Take(AtFirst).Select(PlayAsync).ToList();

        for (var kill = 0; kill < Kills; kill++)
        {
            // So that each life finds some at the beginning and some in the middle.
            if (kill % 2 == 0)
            {
                played.Add(PlayAsync(citizens[AtFirst + (kill / 2)]));
            }

            using var process = Start(folder, api);
            var errors = process.StandardError.ReadToEndAsync(end.Token);
            _ = process.StandardOutput.ReadToEndAsync(end.Token);
            await MomentAsync();
            process.HasExited.ShouldBeFalse(process.HasExited ? await errors : "");
            process.Kill();
            await process.WaitForExitAsync(end.Token);
            noted.UnionWith(Noted(folder));

            // A quarter of the lives ends by the clock, somewhere from the first instruction on; the others after some messages in either direction,
            // for a busy machine may need all of a short life for the start.
            async Task MomentAsync()
            {
                var messages = api.LastMessage + random.Next(2, 14);
                await (random.Next(4) == 0
                    ? Task.WhenAny(process.WaitForExitAsync(end.Token), Task.Delay(random.Next(LongestLife), end.Token))
                    : Task.WhenAny(process.WaitForExitAsync(end.Token), citizens[0].UntilAsync(() => api.LastMessage >= messages, "messages", end.Token)));
            }
        }

        var killed = real.Elapsed;
        using (var last = Start(folder, api))
        {
            _ = last.StandardError.ReadToEndAsync(end.Token);
            _ = last.StandardOutput.ReadToEndAsync(end.Token);
            await Task.WhenAll(played);
            last.Kill();
            await last.WaitForExitAsync(end.Token);
        }

        var stored = Stored(folder);
        citizens.ShouldAllBe(citizen => citizen.Folios.Count == 1);
        stored.ShouldBe(citizens.Select(citizen => (citizen.Problem, citizen.Folios[0])), ignoreOrder: true);
        stored.Select(row => row.Folio).Distinct().Count().ShouldBe(Citizens);
        var repeats = citizens.SelectMany(citizen => Repeats(citizen.Written)).ToList();
        repeats.ShouldAllBe(repeat => !noted.Contains(repeat.First), "what is noted as sent is never sent again");
        noted.Count.ShouldBeGreaterThan(Citizens);
        api.BrokenRules.Keys.Except(Forgotten).ShouldBeEmpty(string.Join("; ", api.Notes));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Kills} kills in {killed}, all in {real.Elapsed}; {repeats.Count} repeats of {api.LastMessage} messages; {string.Join(", ", api.BrokenRules)}; {string.Join(", ", api.Counters)}"));

        Task PlayAsync(TelegramCitizen citizen) => citizen.PlayAsync((condition, what) => citizen.UntilAsync(condition, what, end.Token));
    }

    private static Process Start(TemporaryFolder folder, FakeBotApi api) => OgpBotProcess.Start(
        folder.Path,
        ["--urls", "http://127.0.0.1:0"],
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            .. TelegramRun.SettingsFor(api).Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value!)),
        ]);

    private static IEnumerable<(long First, long Second)> Repeats(IReadOnlyList<(long Id, string Text)> written) =>
        written.GroupBy(reply => reply.Text).SelectMany(same => same.Zip(same.Skip(1), (first, second) => (first.Id, second.Id)));

    private static List<(string Problem, string Folio)> Stored(TemporaryFolder folder) =>
        Read(folder, "SELECT problem, folio FROM submissions", row => (row.GetString(0), row.GetString(1)));

    // The numbers of messages that the host knows to have been accepted.
    private static List<long> Noted(TemporaryFolder folder) =>
        Read(folder, "SELECT sent_as FROM activities WHERE sent_as IS NOT NULL", row => row.GetInt64(0));

    private static List<T> Read<T>(TemporaryFolder folder, string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("ogpbot.db")};Pooling=False");
        connection.Open();
        var found = new List<T>();
        using var command = connection.CreateCommand();

        // A host that was killed in its first second has made no tables yet.
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('activities', 'submissions')";
        if ((long)command.ExecuteScalar()! < 2)
        {
            return found;
        }

        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            found.Add(read(rows));
        }

        return found;
    }
}
