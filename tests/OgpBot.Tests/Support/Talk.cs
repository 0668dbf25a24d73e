using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Turns;

namespace OgpBot.Tests.Support;

/// <summary>A conversation with the host without HTTP between.</summary>
internal sealed class Talk(TestHost host, string id)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private int sent;

    internal string Id => id;

    internal IReadOnlyList<ActivityRow> Activities => host.Get<ConversationReader>().ActivitiesAfter(id, 0);

    internal static async Task<Talk> BeginAsync(TestHost host, string id = "talk")
    {
        await host.Get<ConversationInbox>().BeginAsync(id, "web", "es", TestContext.Current.CancellationToken);
        var talk = new Talk(host, id);
        await talk.WhenIdleAsync();
        return talk;
    }

    internal async Task<int> SendAsync(string text, string? clientId = null) => (await host.Get<ConversationInbox>().AcceptAsync(
        new Incoming(id, clientId ?? $"{id}-{++sent}", ActivityKind.Message, text, null), TestContext.Current.CancellationToken)).ShouldNotBeNull();

    /// <summary>Keeps a message as if the host had crashed right after: nobody runs its turn.</summary>
    internal async Task<int> KeepAsync(string text, string clientId) => (await host.Get<TurnWriter>().WriteAsync(
        session => session.AcceptAsync(new Incoming(id, clientId, ActivityKind.Message, text, null), host.Clock.GetUtcNow()))).Seq;

    /// <summary>Says something and waits; all that the bot answered.</summary>
    internal async Task<IReadOnlyList<string>> SayAsync(string text, string? clientId = null)
    {
        var seq = await SendAsync(text, clientId);
        await WhenIdleAsync();
        return RepliesTo(seq);
    }

    internal IReadOnlyList<string> RepliesTo(int seq) => [.. Activities.Where(activity => activity.ReplyTo == seq).Select(activity => activity.Text!)];

    internal Task WhenIdleAsync() => host.Get<TurnQueue>().WhenIdleAsync(id, Patience, TestContext.Current.CancellationToken);
}
