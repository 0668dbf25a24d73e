using System.Net;
using System.Text;
using Microsoft.Data.Sqlite;
using OgpBot.Channels.Telegram;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>Telegram brings the updates to the host.</summary>
public sealed class TelegramWebhookTests : IAsyncLifetime
{
    private const long Chat = 1001;
    private const string Secret = "the-secret_of-the-webhook";
    private readonly ToTheHost way = new();
    private TelegramRun run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["OgpBot:Telegram:Mode"] = "Webhook",
            ["OgpBot:Telegram:WebhookSecret"] = Secret,
            ["OgpBot:PublicUrl"] = "https://bot.example/",
        };
        run = await TelegramRun.StartAsync(settings, prepare: api => api.WebhookTransport = way);
        way.Host = run.Host.Address;
        await run.Api.WhenAsync(() => run.Api.WebhookUrl is not null, "the webhook");
    }

    public async ValueTask DisposeAsync()
    {
        await run.DisposeAsync();
        way.Dispose();
    }

    [Fact]
    public async Task The_whole_dialog_goes_by_webhook_with_each_update_brought_twice()
    {
        run.Api.WebhookUrl.ShouldBe(new Uri("https://bot.example/telegram/webhook"));
        run.Api.Rates = new FakeFaultRates { PDuplicate = 1 };
        var citizen = new TelegramCitizen(run.Api, Chat);

        await citizen.PlayAsync();
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");

        (await run.StoredAsync()).ShouldHaveSingleItem()["folio"].ShouldBe(citizen.Folios.ShouldHaveSingleItem());
        citizen.Written.Select(reply => reply.Text).ShouldBeUnique();
        run.Api.Counters["webhook_duplicates"].ShouldBe(run.Api.Updates.Confirmed);
        run.Api.Calls.ShouldNotContain(call => call.Method == "getUpdates");
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
    }

    [Theory]
    [InlineData("the-secret_of-the-webhooK")]
    [InlineData("the-secret")]
    [InlineData("")]
    [InlineData(null)]
    public async Task A_wrong_or_missing_secret_is_refused_and_nothing_is_kept(string? secret)
    {
        using var refused = await PostAsync("""{"update_id": 5, "message": {"message_id": 1, "chat": {"id": 1001, "type": "private"}, "text": "/start"}}""", secret);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        run.Api.Replies(Chat).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("not json", HttpStatusCode.BadRequest)]
    [InlineData("""{"update_id": 9, "poll": {"id": "1"}}""", HttpStatusCode.OK)]
    [InlineData("""{"update_id": 9, "message": {"message_id": "x"}}""", HttpStatusCode.OK)]
    [InlineData("""{"update_id": 9, "message": {"message_id": 3}}""", HttpStatusCode.OK)]
    [InlineData("""{"update_id": 9, "callback_query": {"id": "5", "data": "1:1:0"}}""", HttpStatusCode.OK)]
    [InlineData("""{"update_id": 9, "callback_query": {"data": "1:1:0"}}""", HttpStatusCode.OK)]
    [InlineData("[]", HttpStatusCode.OK)]
    public async Task What_is_no_update_or_not_understood_harms_nobody(string body, HttpStatusCode status)
    {
        using var answer = await PostAsync(body, Secret);

        answer.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task What_nobody_here_can_read_is_taken_and_told()
    {
        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");

        using var answer = await PostAsync(
            """{"update_id": 9, "message": {"message_id": 900, "chat": {"id": 1001, "type": "private"}, "forward_origin": {"type": "hologram"}}}""", Secret);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await run.Api.ReplyAsync(Chat, 3)).Text.ShouldStartWith("Por ahora sólo puedo leer texto");
    }

    [Fact]
    public async Task It_answers_at_once_while_Telegram_can_not_be_reached()
    {
        await run.StopHostAsync();
        run.Api.Fail("getMe", FakeFault.ResetBefore, times: int.MaxValue);
        await run.StartHostAsync();
        way.Host = run.Host.Address;

        run.Api.Start(Chat);
        await run.Api.WhenAsync(() => run.Api.Updates == (0, 1), "an answer to the post");

        run.Api.Replies(Chat).ShouldBeEmpty();
        run.Api.ClearFaults();
        await new TelegramCitizen(run.Api, Chat).ReadAsync("¿Qué quiere hacer?");
    }

    [Fact]
    public async Task An_update_brought_again_changes_nothing_even_after_a_restart()
    {
        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await citizen.SayAsync("Acepto", "Paso 2 de 9");
        await run.Api.WhenAsync(() => run.Api.Updates == (0, 3), "all confirmed");
        await run.StopHostAsync();
        await run.StartHostAsync();
        way.Host = run.Host.Address;
        var posts = run.Api.Counters["webhook_posts"];

        run.Api.RedeliverConfirmed(3);
        await run.Api.WhenAsync(() => run.Api.Updates == (0, 3) && run.Api.Counters["webhook_posts"] == posts + 3, "all again");

        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        run.Api.Replies(Chat).Count.ShouldBe(5);
    }

    [Fact]
    public async Task The_order_within_a_chat_is_kept()
    {
        foreach (var text in new[] { "/start", "1", "Acepto", "Las calles de la colonia no tienen luz.", "2", "Mi colonia" })
        {
            run.Api.SendText(Chat, text);
        }

        var citizen = new TelegramCitizen(run.Api, Chat);
        await citizen.ReadAsync("Paso 5 de 9");

        run.Api.Replies(Chat).Skip(2).Select(reply => reply.Text[.."Paso 0".Length]).ShouldBe(["Paso 1", "Paso 2", "Paso 3", "Paso 4", "Paso 5"]);
    }

    [Fact]
    public async Task What_can_not_be_stored_is_not_taken_and_comes_again()
    {
        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        await using (var writer = new SqliteConnection($"Data Source={run.DataFile};Pooling=False"))
        {
            await writer.OpenAsync(Cancel);
            await using var command = writer.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(Cancel);

            run.Api.SendText(Chat, "1");
            await run.Api.WhenAsync(() => run.Api.Counters.GetValueOrDefault("webhook_failures") > 0, "a refusal");
            run.Api.Replies(Chat).Count.ShouldBe(2);
        }

        await citizen.ReadAsync("Paso 1 de 9");
        run.Api.Replies(Chat).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(1, 0, 2, false)]
    [InlineData(2, 1, 0, false)]
    [InlineData(2, 0, 1, false)]
    [InlineData(0, 1, 2, false)]
    [InlineData(0, 1, 2, true)]
    [InlineData(2, 0, 1, true)]
    public async Task Parts_of_a_text_that_overtake_one_another_and_come_twice_are_one_text(int first, int second, int third, bool restarts)
    {
        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await citizen.SayAsync("Acepto", "Paso 2 de 9");
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all taken");
        run.Clock.AutoAdvance = false;
        run.Clock.Advance(TimeSpan.FromSeconds(5));
        var text = string.Join(' ', Enumerable.Range(10_000, 400).Select(number => $"falta luz en la calle C{number}."))[..9000];
        string[] parts = [text[..4096], text[4096..8192], text[8192..]];

        foreach (var part in new[] { first, second, first, third, second })
        {
            using var answer = await PostAsync(
                $$$"""{"update_id": {{{900_000 + part}}}, "message": {"message_id": {{{900_000 + part}}}, "date": 1, "chat": {"id": 1001, "type": "private"}, "text": "{{{parts[part]}}}"}}""", Secret);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            if (restarts)
            {
                restarts = false;
                await run.StopHostAsync();
                await run.StartHostAsync();
                way.Host = run.Host.Address;
            }
        }

        run.Api.Replies(Chat).Count.ShouldBe(4);
        run.Clock.AutoAdvance = true;
        (await run.Api.ReplyAsync(Chat, 5)).Text.ShouldStartWith("Su texto tiene 9,000 letras");
        (await run.Api.ReplyAsync(Chat, 5)).Text.ShouldContain($"{text[1950..2000].Trim()}»");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        run.Api.Replies(Chat).Count(reply => reply.Text.StartsWith("Su texto tiene", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_short_text_that_overtook_nothing_is_answered_without_delay()
    {
        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all taken");
        run.Clock.AutoAdvance = false;
        run.Clock.Advance(TimeSpan.FromSeconds(5));

        await citizen.SayAsync("1", "Paso 1 de 9");
        await citizen.SayAsync("Acepto", "Paso 2 de 9");
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? secret)
    {
        using var http = new HttpClient { BaseAddress = run.Host.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, TelegramWebhook.Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (secret is not null)
        {
            request.Headers.Add(FakeBotApi.SecretHeader, secret);
        }

        return await http.SendAsync(request, Cancel);
    }

    // In the place of the proxy with the public address.
    private sealed class ToTheHost() : DelegatingHandler(new SocketsHttpHandler())
    {
        internal Uri? Host { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(Host!, request.RequestUri!.AbsolutePath);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
