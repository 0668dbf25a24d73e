using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Updates posted to the bot: a chat's in order, chats side by side, each until it is answered with a 2xx.</summary>
internal sealed partial class FakeBotApi
{
    internal const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";
    private const int LongestPause = 60;
    private readonly HashSet<long> lanes = [];
    private readonly HashSet<long> duplicated = [];
    private Webhook? webhook;
    private HttpClient? poster;

    /// <summary>How posts reach a bot that has no port, as one in a test server.</summary>
    internal HttpMessageHandler? WebhookTransport { get; set; }

    /// <summary>Changes the secret that is sent, as a forger would who does not know it; null: none is sent.</summary>
    internal Func<string?, string?> ForgeSecret { get; set; } = secret => secret;

    internal Uri? WebhookUrl => Locked(() => webhook?.Url);

    private JsonNode SetWebhook(JsonObject body)
    {
        var url = (string?)body["url"] ?? "";
        if (url.Length == 0)
        {
            webhook = null;
            return true;
        }

        var secret = (string?)body["secret_token"];
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (secret is not null && !SecretForm().IsMatch(secret)))
        {
            rules.Break(FakeRules.WebhookMalformed, "address or secret");
            throw FakeRefusal.BadRequest("bad webhook");
        }

        ReadAllowedUpdates(body);
        if (current is { } poller)
        {
            poller.Dismissal = new FakeRefusal(409, "Conflict: terminated by setWebhook request");
        }

        webhook = new Webhook(address, secret);
        Pump();
        return true;
    }

    // Under the lock: each chat that has updates gets a lane.
    private void Pump()
    {
        if (webhook is not { } hook)
        {
            return;
        }

        foreach (var chat in updates.Waiting.Select(update => update.Chat).Distinct().Where(lanes.Add).ToList())
        {
            _ = Task.Run(() => DeliverAsync(chat, hook));
        }
    }

    private async Task DeliverAsync(long chat, Webhook hook)
    {
        var failures = 0;
        while (Locked(() => NextFor(chat, hook)) is { } update)
        {
            if (await PostAsync(hook, update))
            {
                failures = 0;
                Locked(() => Accepted(update));
                continue;
            }

            Locked(() => Count("webhook_failures"));
            Locked(Pulse);
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(Math.Min(LongestPause, Math.Pow(2, failures++))), clock, stopping.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private FakeUpdate? NextFor(long chat, Webhook hook)
    {
        var update = hook == webhook ? updates.Waiting.Find(one => one.Chat == chat) : null;
        if (update is null)
        {
            lanes.Remove(chat);
            if (hook != webhook)
            {
                Pump();
            }

            return null;
        }

        update.Delivered = true;
        NoteDelivery(update.ToJson());
        Count("webhook_posts");
        return update;
    }

    private void Accepted(FakeUpdate update)
    {
        if (duplicated.Contains(update.Id) || !faults.Happens(faults.Rates.PDuplicate))
        {
            updates.Confirm(update);
        }
        else
        {
            duplicated.Add(update.Id);
            Count("webhook_duplicates");
        }

        Pulse();
    }

    private async Task<bool> PostAsync(Webhook hook, FakeUpdate update)
    {
        using var hold = new FakeHold(clock as Support.ManualClock);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Url)
        {
            Content = new StringContent(update.ToJson().ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        if (ForgeSecret(hook.Secret) is { } secret)
        {
            request.Headers.Add(SecretHeader, secret);
        }

        try
        {
            poster ??= new HttpClient(WebhookTransport ?? new SocketsHttpHandler());
            using var response = await poster.SendAsync(request, stopping.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record Webhook(Uri Url, string? Secret);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,256}\z")]
    private static partial Regex SecretForm();
}
