using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The golden conversations of the web, from the same files, with the same outcome in the database.</summary>
public sealed class TelegramGoldenTests
{
    private const long FirstChat = 1001;

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Path.Combine(Repository.Tests, "Transcripts"), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_has_the_same_outcome_on_Telegram(string name)
    {
        var file = Path.Combine(Repository.Tests, "Transcripts", $"{name}.txt");
        var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        using var clock = new ManualClock(TestClock.Start) { Grain = TimeSpan.FromMilliseconds(50), AutoAdvance = true };
        await using var api = await FakeBotApi.StartAsync(clock);
        var way = new TelegramWay(api, clock);

        var played = await new GoldenConversation(written, way).PlayAsync();

        GoldenOutcome.Stored(played).ShouldBe(GoldenOutcome.Stored(written));
        way.Spoken.ShouldBe(GoldenOutcome.Spoken(written), "what the bot said");
        GoldenOutcome.From(played, "telegram").ShouldBe(GoldenOutcome.From(written, "web"));
        api.BrokenRules.ShouldBeEmpty(string.Join("; ", api.Notes));
    }

    private sealed class TelegramWay(FakeBotApi api, ManualClock clock) : IGoldenWay
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
        private TestHost host = null!;
        private readonly List<string> spokenBefore = [];
        private long chat = FirstChat;
        private bool begun;

        /// <summary>The first line of each message that arrived.</summary>
        internal List<string> Spoken => [.. spokenBefore, .. SpokenHere];

        private IEnumerable<string> SpokenHere => api.Replies(chat).Select(reply => GoldenOutcome.FirstLine(reply.Text));

        public Dictionary<string, string?> Settings => TelegramRun.SettingsFor(api);

        public void Configure(IServiceCollection services, TimeProvider told) =>
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new HeldClock(clock, told.GetUtcNow)));

        public async Task BeginAsync(TestHost host, string language)
        {
            this.host = host;
            if (!begun)
            {
                begun = true;
                await BeginAsync(language);
            }
        }

        public async Task GoElsewhereAsync(string language)
        {
            spokenBefore.AddRange(SpokenHere);
            chat++;
            await BeginAsync(language);
        }

        private async Task BeginAsync(string language)
        {
            api.Speak(chat, language);
            api.Start(chat);
            await WhenSettledAsync(1);
        }

        public async Task SayAsync(string text)
        {
            var before = api.Replies(chat).Count;
            if (api.Buttons(chat).Contains(text))
            {
                api.Press(chat, text);
            }
            else
            {
                api.SendText(chat, text);
            }

            await WhenSettledAsync(before + 1);
        }

        public async Task ShowPhotoAsync()
        {
            var before = api.Replies(chat).Count;
            api.SendPhoto(chat);
            await WhenSettledAsync(before + 1);
        }

        public Task SettleAsync() => WhenSettledAsync(api.Replies(chat).Count);

        // A turn stores all its messages at once: after the first has come none must be left to be sent.
        private async Task WhenSettledAsync(int replies)
        {
            await api.WhenAsync(() => api.Replies(chat).Count >= replies && api.UnansweredCallbacks == 0, "an answer");
            var limit = Stopwatch.StartNew();
            while (Unsent() > 0)
            {
                limit.Elapsed.ShouldBeLessThan(Patience);
                await Task.Yield();
            }
        }

        private long Unsent()
        {
            var data = host.Get<OgpBot.Settings.OgpBotOptions>().DataDirectory;
            using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "ogpbot.db")};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM activities WHERE delivery = 0 OR (incoming AND done_at IS NULL)";
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }
}
