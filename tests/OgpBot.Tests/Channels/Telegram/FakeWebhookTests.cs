using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Tests.Support;
using Telegram.Bot;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The simulated server's posts to a webhook.</summary>
public sealed class FakeWebhookTests : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private readonly Receiver receiver = new();
    private FakeBotApi api = null!;
    private TelegramApi client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await FakeBotApi.StartAsync(clock);
        api.WebhookTransport = receiver;
        client = new TelegramApi(api.Address, FakeBotApi.Token, clock);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await api.DisposeAsync();
        receiver.Dispose();
        clock.Dispose();
    }

    [Fact]
    public async Task Updates_are_posted_with_the_secret_and_in_order()
    {
        api.SendText(1, "uno");
        api.SendText(1, "dos");
        await SetWebhookAsync();
        api.SendText(1, "tres");

        await api.WhenAsync(() => api.Updates.Confirmed == 3, "three confirmed updates");

        receiver.Seen.ShouldBe([("s3cret", "uno"), ("s3cret", "dos"), ("s3cret", "tres")]);
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_update_is_posted_again_with_growing_pauses_until_it_is_accepted_while_other_chats_go_on()
    {
        receiver.Refuse = text => text == "uno";
        await SetWebhookAsync();
        api.SendText(1, "uno");
        api.SendText(1, "dos");
        await api.WhenAsync(() => Failures == 1, "a failed post");
        api.SendText(2, "otro");
        await api.WhenAsync(() => api.Updates.Confirmed == 1, "the other chat");

        clock.Advance(TimeSpan.FromSeconds(1));
        await api.WhenAsync(() => Failures == 2, "a second failure");
        receiver.Refuse = _ => false;
        clock.Advance(TimeSpan.FromSeconds(1.9));
        receiver.Seen.Count.ShouldBe(3);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await api.WhenAsync(() => api.Updates.Confirmed == 3, "all");

        receiver.Seen.Select(post => post.Text).ShouldBe(["uno", "otro", "uno", "uno", "dos"]);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData(null)]
    public async Task A_forger_sends_a_wrong_secret_or_none(string? secret)
    {
        api.ForgeSecret = _ => secret;
        await SetWebhookAsync();
        api.SendText(1, "uno");
        await api.WhenAsync(() => api.Updates.Confirmed == 1, "a post");

        receiver.Seen.ShouldBe([(secret, "uno")]);
    }

    [Fact]
    public async Task What_was_confirmed_can_be_posted_again()
    {
        await SetWebhookAsync();
        api.SendText(1, "uno");
        await api.WhenAsync(() => api.Updates.Confirmed == 1, "a post");
        api.RedeliverConfirmed();
        await api.WhenAsync(() => api.Updates == (0, 1) && receiver.Seen.Count == 2, "a second post");

        receiver.Seen.Select(post => post.Text).ShouldBe(["uno", "uno"]);
    }

    private int Failures => api.Counters.GetValueOrDefault("webhook_failures");

    private Task SetWebhookAsync() => client.SetWebhook("https://bot.example/telegram/webhook", allowedUpdates: TelegramUpdate.Allowed, secretToken: "s3cret", cancellationToken: Cancel);

    private sealed class Receiver : HttpMessageHandler
    {
        internal ConcurrentQueue<(string? Secret, string Text)> Seen { get; } = new();

        internal Func<string, bool> Refuse { get; set; } = _ => false;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var secret = request.Headers.TryGetValues(FakeBotApi.SecretHeader, out var values) ? values.Single() : null;
            var text = (string)JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["message"]!["text"]!;
            Seen.Enqueue((secret, text));
            return new HttpResponseMessage(Refuse(text) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
        }
    }
}
