using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The golden conversations of the web, from the same files, with the same outcome in the database.</summary>
public sealed partial class TelegramGoldenTests
{
    private const long FirstChat = 1001;
    private const string AddsTo = "= adds_to:";

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

        Stored(played).ShouldBe(Stored(written));
        way.Spoken.ShouldBe(Spoken(written), "what the bot said");
        played.Split('\n').Count(line => line == "= channel: telegram").ShouldBe(written.Split('\n').Count(line => line == "= channel: web"));
        api.BrokenRules.ShouldBeEmpty(string.Join("; ", api.Notes));
    }

    // What was stored of each submission, but for what must differ: the folio that was drawn, and the order of those of one second.
    private static List<string> Stored(string transcript) =>
    [
        .. string.Join('\n', transcript.Split('\n').Where(line => line.StartsWith("= ", StringComparison.Ordinal)
                && !line.StartsWith("= folio:", StringComparison.Ordinal) && !line.StartsWith("= channel:", StringComparison.Ordinal))
            .Select(line => line.StartsWith(AddsTo, StringComparison.Ordinal) ? AddsTo : line))
            .Split("= received_at:").Order(StringComparer.Ordinal).Select(submission => submission.TrimEnd()),
    ];

    // The first line of each message of the bot: the welcome goes on otherwise. A quotation of what the citizen took back later is edited away here.
    private static List<string> Spoken(string transcript) =>
    [
        .. transcript.Split('\n').Where(line => line.StartsWith("< ", StringComparison.Ordinal) && !line.StartsWith("<   [", StringComparison.Ordinal))
            .Select(line => WithoutQuotation(line[2..])),
    ];

    private static string WithoutQuotation(string line) => Folio().Replace(Quotation().Replace(line, "«…»"), "PAGA-…");

    [GeneratedRegex(@"PAGA(-\w{4}){2}-\w")]
    private static partial Regex Folio();

    [GeneratedRegex("«[^»]*»")]
    private static partial Regex Quotation();

    private sealed class TelegramWay(FakeBotApi api, ManualClock clock) : IGoldenWay
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
        private TestHost host = null!;
        private readonly List<string> spokenBefore = [];
        private long chat = FirstChat;
        private bool begun;

        /// <summary>The first line of each message that arrived.</summary>
        internal List<string> Spoken => [.. spokenBefore, .. SpokenHere];

        private IEnumerable<string> SpokenHere => api.Replies(chat).Select(reply => WithoutQuotation(reply.Text.Split('\n')[0]));

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
            var data = host.Get<OgpBot.Hosting.OgpBotOptions>().DataDirectory;
            using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "ogpbot.db")};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM activities WHERE delivery = 0 OR (incoming AND done_at IS NULL)";
            return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        }
    }
}
