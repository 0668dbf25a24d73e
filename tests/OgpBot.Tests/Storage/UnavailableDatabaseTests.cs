using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OgpBot.Calls;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Storage;
using OgpBot.Storage.Sqlite;
using OgpBot.Submissions.Filing;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Storage;

/// <summary>Locked, full, gone, read-only, broken: the citizen reads in time that nothing was kept, and it works again by itself.</summary>
public sealed class UnavailableDatabaseTests
{
    private const string NotKept = "No pudimos guardar su mensaje. Espere un momento y envíelo otra vez.";
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task While_it_is_locked_the_citizen_is_told_within_five_seconds_and_it_works_again_by_itself()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        var before = (await citizen.ActivitiesAsync()).Count;

        await using (await LockAsync(folder))
        {
            await ShouldNotBeKeptAsync(citizen, "menú", "locked-out");
        }

        (await citizen.ActivitiesAsync()).Count.ShouldBe(before);
        using var posted = await citizen.PostAsync("menú", "locked-out");
        ((int)posted.StatusCode).ShouldBe(200);
        (await citizen.ActivitiesAsync()).Select(activity => activity.Text("text")).TakeLast(2).ShouldBe(["menú", "¿Qué quiere hacer?"]);
    }

    [Fact]
    public async Task Many_citizens_are_told_in_time_while_it_is_locked()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);

        await using (await LockAsync(folder))
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(n => ShouldNotBeKeptAsync(citizen, "menú", $"locked-{n}")));
        }

        (await citizen.SayAsync("3")).ShouldBe("¿Qué más quiere hacer?");
        (await citizen.ActivitiesAsync()).ShouldNotContain(activity => activity.Text("text") == "menú");
    }

    [Fact]
    public async Task A_message_that_was_kept_before_the_lock_is_answered_after_it()
    {
        using var folder = new TemporaryFolder();
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(
            folder.Path, configure: services => services.ReplaceHandler<OpeningHandler>(new WaitingHandler(begun, release.Task)));
        var talk = await Talk.BeginAsync(host);
        var seq = await talk.SendAsync("1");
        await begun.Task.WaitAsync(TestContext.Current.CancellationToken);

        await using (await LockAsync(folder))
        {
            release.SetResult();
            using var citizen = await TokenAsync(host);
            using var refused = await citizen.Http.PostAsync("/v3/directline/conversations", null, TestContext.Current.CancellationToken);
            await refused.ShouldBeErrorAsync(503);
            talk.RepliesTo(seq).ShouldBeEmpty();
        }

        await talk.WhenIdleAsync();
        talk.RepliesTo(seq).ShouldHaveSingleItem().ShouldStartWith("Paso 1 de 9");
    }

    [Fact]
    public async Task While_the_disk_is_full_nothing_is_kept_by_half_and_it_works_again_by_itself()
    {
        using var folder = new TemporaryFolder();
        using var disk = new SmallDisk($"Data Source={folder.File("ogpbot.db")}");
        await using var host = await TestHost.StartAsync(
            folder.Path, configure: services => services.Replace(ServiceDescriptor.Singleton<IDatabase>(disk)));
        using var citizen = await CitizenClient.StartAsync(host.Address);
        var before = (await citizen.ActivitiesAsync()).Count;
        var large = new string('x', 200_000);

        disk.Full = true;
        await ShouldNotBeKeptAsync(citizen, large, "full");
        await ShouldNotBeKeptAsync(citizen, large, "full");
        (await citizen.ActivitiesAsync()).Count.ShouldBe(before);

        disk.Full = false;
        using var posted = await citizen.PostAsync(large, "full");
        ((int)posted.StatusCode).ShouldBe(200);
        (await citizen.SayAsync("3")).ShouldBe("¿Qué más quiere hacer?");
    }

    /// <summary>A folder in its place, and a file that is no database.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_it_can_not_be_opened_the_host_runs_says_so_and_comes_to_life_when_it_can(bool folderInItsPlace)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("ogpbot.db");
        if (folderInItsPlace)
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            await File.WriteAllTextAsync(path, new string('x', 10_000), TestContext.Current.CancellationToken);
        }

        await using var host = await TestHost.StartAsync(folder.Path);
        using (var citizen = await TokenAsync(host))
        {
            await HealthShouldBeAsync(host, 503);
            var clock = Stopwatch.StartNew();
            using var refused = await citizen.Http.PostAsync("/v3/directline/conversations", null, TestContext.Current.CancellationToken);
            (await refused.ShouldBeErrorAsync(503)).Text("message").ShouldBe(NotKept);
            clock.Elapsed.ShouldBeLessThan(FiveSeconds);
        }

        if (folderInItsPlace)
        {
            Directory.Delete(path);
        }
        else
        {
            File.Delete(path);
        }

        await host.Get<DatabaseStart>().Ready.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await HealthShouldBeAsync(host, 200);
        using var later = await CitizenClient.StartAsync(host.Address);
        (await later.SayAsync("menú")).ShouldBe("¿Qué quiere hacer?");
    }

    [Fact]
    public async Task A_database_that_is_locked_at_the_start_is_waited_for()
    {
        using var folder = new TemporaryFolder();
        TestHost host;
        await using (await LockAsync(folder))
        {
            host = await TestHost.StartAsync(folder.Path);
            await HealthShouldBeAsync(host, 503);
        }

        await using (host)
        {
            await host.Get<DatabaseStart>().Ready.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            await HealthShouldBeAsync(host, 200);
        }
    }

    /// <summary>A file that a first start left empty, and a backup that was made without a log.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_empty_or_has_no_log_is_taken_up(bool empty)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("ogpbot.db");
        if (empty)
        {
            await File.WriteAllBytesAsync(path, [], TestContext.Current.CancellationToken);
        }
        else
        {
            await using (await TestHost.StartAsync(folder.Path))
            {
            }

            await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = $"VACUUM INTO '{folder.File("backup.db")}'";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            await connection.CloseAsync();
            foreach (var file in Directory.GetFiles(folder.Path, "ogpbot.db*"))
            {
                File.Delete(file);
            }

            File.Move(folder.File("backup.db"), path);
        }

        await using var host = await TestHost.StartAsync(folder.Path, seed: 2);

        await HealthShouldBeAsync(host, 200);
    }

    /// <summary>What a broken disk leaves: one page of the file after another is zeros. Whichever it is, the host runs, answers, and ends when it is told to.</summary>
    [Fact]
    public async Task A_page_of_zeros_ends_no_host_and_a_page_of_the_messages_makes_it_unhealthy()
    {
        const int Page = 4_096;
        using var folder = new TemporaryFolder();
        await using (var filled = await TestHost.StartAsync(folder.Path))
        {
            await (await Talk.BeginAsync(filled)).SayAsync("menú");
        }

        // The last connection that closes puts the log into the file.
        SqliteConnection.ClearAllPools();
        File.Exists(folder.File("ogpbot.db-wal")).ShouldBeFalse();
        var path = folder.File("ogpbot.db");
        var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var unhealthy = 0;
        foreach (var page in await PagesOfAsync(path, "activities", "ix_activities_unfinished", "conversations", "citizens", "__EFMigrationsHistory", "sqlite_schema"))
        {
            var broken = whole.ToArray();
            Array.Clear(broken, (page - 1) * Page, Page);
            SqliteConnection.ClearAllPools();
            Array.ForEach(Directory.GetFiles(folder.Path, "ogpbot.db-*"), File.Delete);
            await File.WriteAllBytesAsync(path, broken, TestContext.Current.CancellationToken);
            using var lines = new LogLines();
            await using var host = await TestHost.StartAsync(folder.Path, configure: lines.AddTo, seed: 2);
            using var http = new HttpClient { BaseAddress = host.Address };
            if (host.Get<DatabaseStart>().Ready.IsCompleted)
            {
                // The messages are read, or told to be unreadable, beside the start.
                await Task.WhenAny(host.Get<TurnQueue>().ExecuteTask!, lines.WhenAsync("can't be read"));
            }

            using var health = await http.GetAsync("/health", TestContext.Current.CancellationToken);
            unhealthy += (int)health.StatusCode == 503 ? 1 : 0;
            host.Get<Microsoft.Extensions.Hosting.IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse($"page {page}");
        }

        unhealthy.ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task A_database_that_is_read_only_takes_nothing_and_says_so()
    {
        using var folder = new TemporaryFolder();
        await using (await TestHost.StartAsync(folder.Path))
        {
        }

        await using var host = await TestHost.StartAsync(
            folder.Path, new Dictionary<string, string?> { ["OgpBot:Database:ConnectionString"] = $"Data Source={folder.File("ogpbot.db")};Mode=ReadOnly" });
        using var citizen = await TokenAsync(host);

        using var refused = await citizen.Http.PostAsync("/v3/directline/conversations", null, TestContext.Current.CancellationToken);
        (await refused.ShouldBeErrorAsync(503)).Text("message").ShouldBe(NotKept);
    }

    private static async Task ShouldNotBeKeptAsync(CitizenClient citizen, string text, string clientId)
    {
        var clock = Stopwatch.StartNew();
        using var refused = await citizen.PostAsync(text, clientId);
        (await refused.ShouldBeErrorAsync(503)).Text("message").ShouldBe(NotKept);
        clock.Elapsed.ShouldBeLessThan(FiveSeconds);
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    private static async Task<CitizenClient> TokenAsync(TestHost host)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var answer = await http.PostAsync("/chat/token", null, TestContext.Current.CancellationToken);
        var token = await answer.JsonAsync();
        return CitizenClient.Resume(host.Address, token.Text("token")!, token.Text("conversationId")!);
    }

    private static async Task HealthShouldBeAsync(TestHost host, int status)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var health = await http.GetAsync("/health", TestContext.Current.CancellationToken);
        ((int)health.StatusCode).ShouldBe(status);
    }

    private static async Task<IReadOnlyList<int>> PagesOfAsync(string path, params string[] tables)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var pages = new List<int>();
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = table == "sqlite_schema" ? "SELECT 1" : "SELECT rootpage FROM sqlite_schema WHERE name = $name";
            command.Parameters.AddWithValue("$name", table);
            pages.Add(Convert.ToInt32(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture));
        }

        return pages;
    }

    // Another program that writes. Closing gives the lock back.
    private static async Task<SqliteConnection> LockAsync(TemporaryFolder folder)
    {
        var connection = new SqliteConnection($"Data Source={folder.File("ogpbot.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return connection;
    }

    private sealed class WaitingHandler(TaskCompletionSource begun, Task released) : ICallHandler
    {
        public CallContract Contract { get; } = new("consultation.opening", ["open", "not_yet", "closed", "paused"], ["opening_since", "opening_until", "opening_reason"]);

        public async ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken)
        {
            begun.TrySetResult();
            await released.WaitAsync(cancellationToken);
            return new CallResult("open");
        }
    }

    // The real database on a disk that can be full: SQLite may add no page to it.
    private sealed class SmallDisk(string connectionString) : IDatabase, IDisposable
    {
        private readonly SqliteDatabase database = new(connectionString);
        private readonly List<DbConnection> writers = [];
        private bool full;

        internal bool Full
        {
            get => full;
            set
            {
                full = value;
                writers.ForEach(Limit);
            }
        }

        public void Configure(DbContextOptionsBuilder options) => database.Configure(options);

        public DbConnection OpenWriter()
        {
            var connection = database.OpenWriter();
            Limit(connection);
            writers.Add(connection);
            return connection;
        }

        public DbConnection OpenReader() => database.OpenReader();

        public DbTransaction BeginReading(DbConnection reader) => database.BeginReading(reader);

        public bool IsUnavailable(Exception error) => database.IsUnavailable(error);

        public int Checkpoint(DbConnection connection, int writes) => database.Checkpoint(connection, writes);

        public bool Scrub(DbConnection connection) => database.Scrub(connection);

        public void Dispose() => writers.Clear();

        private void Limit(DbConnection connection)
        {
            if (connection.State != System.Data.ConnectionState.Open)
            {
                return;
            }

            using var command = connection.CreateCommand();

            // A limit below what it has is that what it has.
            command.CommandText = full ? "PRAGMA max_page_count=1" : "PRAGMA max_page_count=1073741823";
            command.ExecuteNonQuery();
        }
    }
}
