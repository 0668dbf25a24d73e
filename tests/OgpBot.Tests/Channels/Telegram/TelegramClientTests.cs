using System.Text.Json;
using System.Text.Json.Nodes;
using OgpBot.Channels.Telegram;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

public sealed class TelegramClientTests : IAsyncLifetime
{
    private const long Chat = 1001;
    private readonly ManualClock clock = new();
    private FakeBotApi api = null!;
    private TelegramClient client = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await FakeBotApi.StartAsync(clock);
        client = new TelegramClient(api.Address, FakeBotApi.Token, clock);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await api.DisposeAsync();
        clock.Dispose();
    }

    [Fact]
    public async Task The_bot_learns_who_it_is() => (await client.GetMeAsync(Cancel)).Username.ShouldBe("ogp_fake_bot");

    [Fact]
    public async Task A_text_arrives_as_it_was_written_with_its_buttons_and_can_be_edited()
    {
        api.Start(Chat);
        var sent = await client.SendMessageAsync(Chat, TelegramText.Escape("¿Agua <potable> & luz?"), Buttons("Sí", "v1:1"), Cancel);
        var shown = api.Replies(Chat).ShouldHaveSingleItem();
        (shown.Id, shown.Text).ShouldBe((sent, "¿Agua <potable> & luz?"));
        shown.Labels.ShouldBe(["Sí"]);

        await client.EditMessageReplyMarkupAsync(Chat, sent, Buttons("No", "v1:2"), Cancel);
        api.Buttons(Chat).ShouldBe(["No"]);

        await client.EditMessageTextAsync(Chat, sent, "Elegiste: No", null, Cancel);
        api.Buttons(Chat).ShouldBeEmpty();
        api.Replies(Chat).ShouldHaveSingleItem().Text.ShouldBe("Elegiste: No");
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_pressed_button_comes_with_its_data_and_is_answered()
    {
        api.Start(Chat);
        await client.SendMessageAsync(Chat, "¿Sí?", Buttons("Sí", "v1:1"), Cancel);
        await client.SendTypingAsync(Chat, Cancel);
        api.Press(Chat, "Sí");

        var query = (await client.GetUpdatesAsync(0, TimeSpan.Zero, Cancel)).Updates[^1].CallbackQuery!;
        query.Data.ShouldBe("v1:1");
        query.Message!.Chat.Id.ShouldBe(Chat);
        query.Message.ReplyMarkup!.InlineKeyboard[0][0].Text.ShouldBe("Sí");

        await client.AnswerCallbackQueryAsync(query.Id, null, Cancel);
        api.UnansweredCallbacks.ShouldBe(0);
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Commands_and_descriptions_are_set_for_each_language()
    {
        await client.SetMyCommandsAsync([new BotCommand("ayuda", "Ver la ayuda")], null, Cancel);
        await client.SetMyCommandsAsync([new BotCommand("help", "See the help")], "en", Cancel);
        await client.SetMyDescriptionAsync("Participa", null, Cancel);
        await client.SetMyShortDescriptionAsync("Take part", "en", Cancel);

        api.Commands[""].ShouldBe(["ayuda"]);
        api.Commands["en"].ShouldBe(["help"]);
        api.Descriptions[""].ShouldBe("Participa");
        api.ShortDescriptions["en"].ShouldBe("Take part");
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task Updates_come_sorted_each_once_and_the_next_offset_never_goes_back()
    {
        api.SendText(Chat, "uno");
        api.SendText(Chat, "dos");
        api.Rates = new FakeFaultRates { PReversed = 1 };
        var first = await client.GetUpdatesAsync(0, TimeSpan.Zero, Cancel);
        first.Updates.Select(update => update.Message!.Text).ShouldBe(["uno", "dos"]);
        first.NextOffset.ShouldBe(first.Updates[1].UpdateId + 1);

        (await client.GetUpdatesAsync(first.NextOffset, TimeSpan.Zero, Cancel)).NextOffset.ShouldBe(first.NextOffset);
        api.RedeliverConfirmed(2);
        api.RedeliverConfirmed(2);
        var again = await client.GetUpdatesAsync(first.NextOffset, TimeSpan.Zero, Cancel);
        again.Updates.Count.ShouldBe(2);
        again.NextOffset.ShouldBe(first.NextOffset);
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_poll_waits_until_something_comes_or_its_time_is_over()
    {
        var poll = client.GetUpdatesAsync(0, TimeSpan.FromSeconds(50), Cancel);
        await api.WhenAsync(() => api.IsPolled, "a poll");
        api.SendText(Chat, "hola");
        (await poll.Soon()).Updates.ShouldHaveSingleItem();

        var idle = client.GetUpdatesAsync((await poll).NextOffset, TimeSpan.FromSeconds(50), Cancel);
        await api.WhenAsync(() => api.IsPolled, "a second poll");
        clock.Advance(TimeSpan.FromSeconds(50));
        (await idle.Soon()).Updates.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_update_that_is_not_understood_holds_up_no_other()
    {
        api.SendUpdate(Chat, "message", new JsonObject { ["message_id"] = "no number", ["chat"] = 5 });
        api.SendText(Chat, "hola");

        var batch = await client.GetUpdatesAsync(0, TimeSpan.Zero, Cancel);

        batch.Updates.Count.ShouldBe(2);
        batch.Updates[0].Message.ShouldBeNull();
        batch.Updates[1].Message!.Text.ShouldBe("hola");
    }

    [Fact]
    public async Task Of_a_citizen_only_numbers_and_the_language_get_past_the_parser()
    {
        // From now on only what the client asks for comes.
        await client.GetUpdatesAsync(0, TimeSpan.Zero, Cancel);
        api.Speak(Chat, "en");
        api.Start(Chat, "afiche-7");
        api.SendPhoto(Chat, "mi calle");
        api.SendVoice(Chat);
        api.SendSticker(Chat);
        api.SendDocument(Chat);
        api.SendLocation(Chat);
        api.Edit(Chat, "/start");
        api.Block(Chat);

        var updates = (await client.GetUpdatesAsync(0, TimeSpan.Zero, Cancel)).Updates;

        updates[0].Message!.Text.ShouldBe("/start afiche-7");
        updates[0].Message!.From!.LanguageCode.ShouldBe("en");
        updates.Skip(1).Take(5).ShouldAllBe(update => update.Message!.IsUnreadable);
        updates[6].EditedMessage!.Chat.IsPrivate.ShouldBeTrue();
        updates[7].MyChatMember!.NewChatMember.Status.ShouldBe("kicked");
        var kept = string.Join('\n', updates.Select(update => JsonSerializer.Serialize(update, TelegramJson.Default.Update)));
        string[] secrets = [FakeChat.FirstName, FakeChat.LastName, FakeChat.UserName, "19.43"];
        secrets.ShouldAllBe(secret => !kept.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_pollers_the_older_one_is_told_and_no_update_is_lost()
    {
        var older = client.GetUpdatesAsync(0, TimeSpan.FromSeconds(50), Cancel);
        await api.WhenAsync(() => api.IsPolled, "the older poll");
        using var second = new TelegramClient(api.Address, FakeBotApi.Token, clock);
        var newer = second.GetUpdatesAsync(0, TimeSpan.FromSeconds(50), Cancel);

        var problem = await older.Soon().ShouldThrowAsync<TelegramProblem>();
        problem.Kind.ShouldBe(TelegramProblemKind.Conflict);
        problem.Remedy.ShouldBe(TelegramRemedy.WarnThenRetry);
        api.SendText(Chat, "hola");
        (await newer.Soon()).Updates.ShouldHaveSingleItem();
        api.BrokenRules[FakeRules.TwoPollers].ShouldBe(1);
    }

    [Fact]
    public async Task Polling_goes_on_once_the_webhook_is_deleted()
    {
        await client.SetWebhookAsync(new Uri("http://127.0.0.1:9/telegram/webhook"), "s3cret", Cancel);
        (await Should.ThrowAsync<TelegramProblem>(client.GetUpdatesAsync(0, TimeSpan.Zero, Cancel))).Kind.ShouldBe(TelegramProblemKind.Conflict);

        await client.DeleteWebhookAsync(Cancel);
        (await client.GetUpdatesAsync(0, TimeSpan.Zero, Cancel)).Updates.ShouldBeEmpty();
    }

    private static InlineKeyboardMarkup Buttons(string label, string data) => new([[new InlineKeyboardButton(label) { CallbackData = data }]]);
}
