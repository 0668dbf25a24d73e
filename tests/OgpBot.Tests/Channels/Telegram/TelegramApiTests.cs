using System.Text.Json;
using System.Text.Json.Nodes;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Conversations.Outbox;
using OgpBot.Tests.Support;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Extensions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The library's client with what is asked of it here, against a strict Telegram.</summary>
public sealed class TelegramApiTests : IAsyncLifetime
{
    private const long Chat = 1001;
    private readonly ManualClock clock = new();
    private FakeBotApi api = null!;
    private TelegramApi client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await FakeBotApi.StartAsync(clock);
        client = new TelegramApi(api.Address, FakeBotApi.Token, clock);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await api.DisposeAsync();
        clock.Dispose();
    }

    [Fact]
    public async Task The_bot_learns_who_it_is() => (await client.GetMe(Cancel)).Username.ShouldBe("ogp_fake_bot");

    [Fact]
    public async Task A_text_arrives_as_it_was_written_with_its_buttons_and_can_be_edited()
    {
        api.Start(Chat);
        var sent = await client.SendMessage(Chat, HtmlText.Escape("¿Agua <potable> & luz?")!, ParseMode.Html, replyMarkup: Buttons("Sí", "v1:1"), cancellationToken: Cancel);
        var shown = api.Replies(Chat).ShouldHaveSingleItem();
        (shown.Id, shown.Text).ShouldBe((sent.Id, "¿Agua <potable> & luz?"));
        shown.Labels.ShouldBe(["Sí"]);

        await client.EditMessageReplyMarkup(Chat, sent.Id, Buttons("No", "v1:2"), cancellationToken: Cancel);
        api.Buttons(Chat).ShouldBe(["No"]);

        await client.EditMessageText(Chat, sent.Id, "Elegiste: No", cancellationToken: Cancel);
        api.Buttons(Chat).ShouldBeEmpty();
        api.Replies(Chat).ShouldHaveSingleItem().Text.ShouldBe("Elegiste: No");
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pressed_button_comes_with_its_data_and_is_answered()
    {
        api.Start(Chat);
        await client.SendMessage(Chat, "¿Sí?", replyMarkup: Buttons("Sí", "v1:1"), cancellationToken: Cancel);
        await client.SendChatAction(Chat, ChatAction.Typing, cancellationToken: Cancel);
        api.Press(Chat, "Sí");

        var query = (await UpdatesAsync())[^1].Content.CallbackQuery!;
        query.Data.ShouldBe("v1:1");
        query.Message!.Chat.Id.ShouldBe(Chat);
        query.Message.ReplyMarkup!.InlineKeyboard.First().First().Text.ShouldBe("Sí");

        await client.AnswerCallbackQuery(query.Id, cancellationToken: Cancel);
        api.UnansweredCallbacks.ShouldBe(0);
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_and_descriptions_are_set_for_each_language()
    {
        await client.SetMyCommands([new BotCommand("ayuda", "Ver la ayuda")], cancellationToken: Cancel);
        await client.SetMyCommands([new BotCommand("help", "See the help")], languageCode: "en", cancellationToken: Cancel);
        await client.SetMyDescription("Participa", cancellationToken: Cancel);
        await client.SetMyShortDescription("Take part", "en", Cancel);

        api.Commands[""].ShouldBe(["ayuda"]);
        api.Commands["en"].ShouldBe(["help"]);
        api.Descriptions[""].ShouldBe("Participa");
        api.ShortDescriptions["en"].ShouldBe("Take part");
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Updates_come_sorted_and_each_once()
    {
        api.SendText(Chat, "uno");
        api.SendText(Chat, "dos");
        api.Rates = new FakeFaultRates { PReversed = 1 };
        var first = await UpdatesAsync();
        first.Select(update => update.Content.Message!.Text).ShouldBe(["uno", "dos"]);

        (await UpdatesAsync(first[1].Id + 1)).ShouldBeEmpty();
        api.RedeliverConfirmed(2);
        api.RedeliverConfirmed(2);
        (await UpdatesAsync(first[1].Id + 1)).Select(update => update.Id).ShouldBe([first[0].Id, first[1].Id]);
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_poll_waits_until_something_comes_or_its_time_is_over()
    {
        var poll = UpdatesAsync(poll: 50);
        await api.WhenAsync(() => api.IsPolled, "a poll");
        api.SendText(Chat, "hola");
        var update = (await poll.Soon()).ShouldHaveSingleItem();

        var idle = UpdatesAsync(update.Id + 1, poll: 50);
        await api.WhenAsync(() => api.IsPolled, "a second poll");
        clock.Advance(TimeSpan.FromSeconds(50));
        (await idle.Soon()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"message_id": "no number", "chat": 5}""", null, null)]
    [InlineData("""{"message_id": 3, "date": 1, "chat": {"id": 1001, "type": "private"}, "forward_origin": {"type": "hologram", "date": 1}}""", 1001L, null)]
    [InlineData("""{"message_id": 3, "date": 99999999999999999, "chat": {"id": 1001, "type": "private"}, "text": "hola"}""", 1001L, "hola")]
    [InlineData("""{"message_id": 3, "date": 1, "chat": {"id": 1001, "type": "private"}, "paid_media": {"star_count": 1, "paid_media": [{"type": "smell"}]}}""", 1001L, null)]
    public async Task An_update_that_the_library_cannot_read_holds_up_no_other(string message, long? chat, string? text)
    {
        api.SendUpdate(Chat, "message", JsonNode.Parse(message)!.AsObject());
        api.SendText(Chat, "hola");

        // So it is with the library's own request: one takes all with it.
        (await Should.ThrowAsync<RequestException>(client.GetUpdates(cancellationToken: Cancel))).Message.ShouldContain("not in its own form");
        var batch = await UpdatesAsync();

        batch.Count.ShouldBe(2);
        (batch[0].Content.Message?.Chat.Id, batch[0].Content.Message?.Text).ShouldBe((chat, text));
        batch[1].Content.Message!.Text.ShouldBe("hola");
    }

    [Fact]
    public async Task A_number_beyond_what_the_library_can_count_is_confirmed_all_the_same()
    {
        var json = JsonDocument.Parse("""[{"update_id": 5000000000, "message": {"message_id": 3, "chat": {"id": 1001, "type": "private"}, "text": "hola"}}]""");

        var update = TelegramUpdate.Read(json.RootElement.EnumerateArray()).ShouldHaveSingleItem();

        (update.Id, update.Content.Message!.Chat.Id).ShouldBe((5_000_000_000, Chat));
        await client.SendRequest(new GetRawUpdates(update.Id + 1, TimeSpan.Zero), Cancel);
        ((long)api.Calls[^1].Body["offset"]!).ShouldBe(5_000_000_001);
    }

    [Fact]
    public async Task Of_two_pollers_the_older_one_is_told_and_no_update_is_lost()
    {
        var older = UpdatesAsync(poll: 50);
        await api.WhenAsync(() => api.IsPolled, "the older poll");
        using var second = new TelegramApi(api.Address, FakeBotApi.Token, clock);
        var newer = second.SendRequest(new GetRawUpdates(0, TimeSpan.FromSeconds(50)), Cancel);

        var error = await older.Soon().ShouldThrowAsync<RequestException>();
        (error.IsConflict(), error.Remedy()).ShouldBe((true, DeliveryRemedy.Retry));
        api.SendText(Chat, "hola");
        (await newer.Soon()).ShouldHaveSingleItem();
        api.BrokenRules[FakeRules.TwoPollers].ShouldBe(1);
    }

    [Fact]
    public async Task Polling_goes_on_once_the_webhook_is_deleted()
    {
        await client.SetWebhook("http://127.0.0.1:9/telegram/webhook", secretToken: "s3cret", cancellationToken: Cancel);
        (await Should.ThrowAsync<RequestException>(UpdatesAsync())).IsConflict().ShouldBeTrue();

        await client.DeleteWebhook(cancellationToken: Cancel);
        (await UpdatesAsync()).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<TelegramUpdate>> UpdatesAsync(long offset = 0, int poll = 0) =>
        TelegramUpdate.Read(await client.SendRequest(new GetRawUpdates(offset, TimeSpan.FromSeconds(poll)), Cancel));

    private static InlineKeyboardMarkup Buttons(string label, string data) => new([[new InlineKeyboardButton(label) { CallbackData = data }]]);
}
