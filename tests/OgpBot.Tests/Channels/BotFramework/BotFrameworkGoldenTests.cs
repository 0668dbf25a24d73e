using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>
/// Golden conversations of the web, from the same files, with the same outcome in the database: one for each thing that may differ by channel. What a dialog says
/// is tested on the web, and how Bot Framework's activities look in the other tests of this folder.
/// </summary>
public sealed class BotFrameworkGoldenTests
{
    public static TheoryData<string> Names =>
    [
        "always-there", "consultation-closes-meanwhile", "criteria-personal-data", "decided-needs-changes", "decided-not-selected",
        "decided-notices-refused", "decided-with-a-draft", "english", "folio-in-a-sentence", "free-text-at-the-menu", "hard-texts", "mine-contact",
        "mine-elsewhere", "mydata-all-erased", "question-answered", "reminder-and-on", "submission-draft-resumes", "submission-full",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_conversation_has_the_same_outcome_on_Bot_Framework(string name)
    {
        var file = Path.Combine(Repository.Tests, "Transcripts", $"{name}.txt");
        var written = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await using var connector = await FakeConnector.StartAsync();
        using var way = new BotFrameworkWay(connector);

        var played = await new GoldenConversation(written, way).PlayAsync();

        GoldenOutcome.Stored(played).ShouldBe(GoldenOutcome.Stored(written));
        way.Spoken.ShouldBe(GoldenOutcome.Spoken(written), "what the bot said");
        GoldenOutcome.From(played, "botframework").ShouldBe(GoldenOutcome.From(written, "web"));
    }

    private sealed class BotFrameworkWay(FakeConnector connector) : IGoldenWay, IDisposable
    {
        private readonly BotFrameworkCitizen first = new(connector, "golden");
        private readonly BotFrameworkCitizen other = new(connector, "elsewhere");
        private TestHost host = null!;
        private BotFrameworkCitizen? citizen;

        /// <summary>The first line of each message that arrived.</summary>
        internal IEnumerable<string> Spoken => new[] { first, other }.SelectMany(citizen => citizen.Replies).Select(reply => GoldenOutcome.FirstLine(reply.Text));

        public Dictionary<string, string?> Settings => BotFrameworkRun.Anonymous;

        public void Configure(IServiceCollection services, TimeProvider told)
        {
        }

        public async Task BeginAsync(TestHost host, string language)
        {
            this.host = host;
            if (citizen is null)
            {
                await BeginAsync(first, language);
            }
        }

        public Task GoElsewhereAsync(string language) => BeginAsync(other, language);

        public Task SayAsync(string text) => PostAsync(citizen!.Message(text));

        public Task ShowPhotoAsync()
        {
            var activity = citizen!.Activity("message");
            activity["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "image/jpeg", ["contentUrl"] = "https://photos.example/1.jpg" });
            return PostAsync(activity);
        }

        public Task SettleAsync() => WhenSettledAsync(citizen!.Replies.Count);

        public void Dispose()
        {
            first.Dispose();
            other.Dispose();
        }

        private Task BeginAsync(BotFrameworkCitizen who, string language)
        {
            citizen = who;
            return PostAsync(who.Arrival(language));
        }

        private async Task PostAsync(JsonObject activity)
        {
            var before = citizen!.Replies.Count;
            using var answer = await citizen.PostAsync(host.Address, activity);
            ((int)answer.StatusCode).ShouldBe(200);
            await WhenSettledAsync(before + 1);
        }

        // A turn stores all its messages at once: after the first has come none must be left to be sent.
        private async Task WhenSettledAsync(int replies)
        {
            await connector.WhenAsync(() => citizen!.Replies.Count >= replies, "an answer");
            await host.WhenAllIsSentAsync();
        }
    }
}
