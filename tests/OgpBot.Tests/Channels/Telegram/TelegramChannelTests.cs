using System.Globalization;
using System.Text.Json.Nodes;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>What a citizen on Telegram gets from the real host.</summary>
public sealed class TelegramChannelTests
{
    private const long Chat = 1001;
    private const string TextOnly = "Por ahora sólo puedo leer texto";
    private const string OldButton = "Esa pregunta ya quedó atrás.";
    private static readonly string Secret = FakeBotApi.Token.Split(':')[1];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_whole_dialog_goes_by_pressed_buttons_and_typed_answers()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = new TelegramCitizen(run.Api, Chat);
        run.Api.Start(Chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        run.Api.Replies(Chat)[0].Text.ShouldContain("Telegram ve esta plática");
        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await citizen.SayAsync("acepto", "Paso 2 de 9");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        await citizen.SayAsync("2", "Paso 4 de 9");
        await citizen.PressAsync("Mi colonia", "Paso 5 de 9");
        await citizen.SayAsync("Coyoacan", "Paso 6 de 9");
        await citizen.SayAsync("Santo <Domingo> & más", "Paso 7 de 9");
        await citizen.PressAsync("No tengo propuesta", "Paso 8 de 9");
        await citizen.PressAsync("Dejar mis datos", "Paso 8 de 9\n¿Cuál es su nombre?");
        await citizen.SayAsync("Persona de Prueba", "Paso 8 de 9\n¿Cuál es su correo");
        await citizen.SayAsync("prueba@example.org", "Paso 8 de 9\n¿Cuál es su teléfono?");
        await citizen.SayAsync("55 0000 0000", "Paso 9 de 9");
        await citizen.PressAsync("Enviar", "¿Qué más quiere hacer?");
        await run.StopHostAsync();
        await run.StartHostAsync();

        var stored = (await run.StoredAsync()).ShouldHaveSingleItem();
        stored["folio"].ShouldBe(citizen.Folios.ShouldHaveSingleItem());
        (stored["channel"], stored["language"], stored["source"]).ShouldBe(("telegram", "es", ""));
        (stored["axis"], stored["scope"], stored["borough"]).ShouldBe(("Gobierno digital y acceso a servicios públicos", "Mi colonia", "Coyoacán"));
        (stored["problem"], stored["place"], stored["proposal"]).ShouldBe((citizen.Problem, "Santo <Domingo> & más", ""));
        (stored["contact_name"], stored["contact_email"], stored["contact_phone"]).ShouldBe(("Persona de Prueba", "prueba@example.org", "55 0000 0000"));
        run.Api.UnansweredCallbacks.ShouldBe(0);
        ShouldKeepTheRules(run);
    }

    [Theory]
    [InlineData("Acepto", false)]
    [InlineData("ACEPTO", true)]
    public async Task Used_buttons_are_edited_away_and_the_choice_is_shown(string answer, bool typed)
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        run.Api.Buttons(Chat).ShouldBe(["Acepto", "No acepto"]);

        await (typed ? citizen.SayAsync(answer, "Paso 2 de 9") : citizen.PressAsync(answer, "Paso 2 de 9"));

        var asked = run.Api.Replies(Chat).Single(reply => reply.Text.StartsWith("Paso 1 de 9", StringComparison.Ordinal));
        asked.Text.ShouldEndWith("¿Está de acuerdo?\n\n✓ Acepto");
        (asked.Edits, asked.Labels.Count).ShouldBe((1, 0));
        run.Api.Buttons(Chat).ShouldBeEmpty();
        ShouldKeepTheRules(run);
    }

    [Fact]
    public async Task The_payload_of_the_link_is_the_source_of_the_submission()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = new TelegramCitizen(run.Api, Chat);

        await citizen.PlayAsync(payload: "cartel-metro");

        (await run.StoredAsync()).ShouldHaveSingleItem()["source"].ShouldBe("cartel-metro");
        run.Api.Replies(Chat).Count(reply => reply.Text.StartsWith("Hola", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory]
    [InlineData("photo")]
    [InlineData("voice")]
    [InlineData("sticker")]
    [InlineData("document")]
    [InlineData("location")]
    public async Task What_holds_no_text_is_told_and_the_step_stays(string kind)
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        var before = run.Api.Replies(Chat).Count;

        Action<long> send = kind switch
        {
            "photo" => chat => run.Api.SendPhoto(chat),
            "voice" => chat => run.Api.SendVoice(chat),
            "sticker" => chat => run.Api.SendSticker(chat),
            "document" => chat => run.Api.SendDocument(chat),
            _ => chat => run.Api.SendLocation(chat),
        };
        send(Chat);

        (await run.Api.ReplyAsync(Chat, before + 1)).Text.ShouldStartWith(TextOnly);
        (await run.Api.ReplyAsync(Chat, before + 2)).Text.ShouldStartWith("Paso 1 de 9");
        await citizen.PressAsync("Acepto", "Paso 2 de 9");
        ShouldKeepTheRules(run);
    }

    [Theory]
    [InlineData("message", """{"message_id": 900, "date": 1, "chat": CHAT, "forward_origin": {"type": "hologram", "date": 1}}""")]
    [InlineData("message", """{"message_id": 900, "date": 1, "chat": CHAT, "paid_media": {"star_count": 1, "paid_media": [{"type": "smell"}]}}""")]
    [InlineData("message", """{"message_id": 900, "date": 1, "chat": CHAT, "checklist": {"title": "Baches", "tasks": []}}""")]
    [InlineData("message", """{"message_id": 900, "date": 1, "chat": CHAT, "thought": {"about": "water"}}""")]
    [InlineData("callback_query", """{"id": "7", "message": {"message_id": 900, "date": 1, "chat": CHAT, "forward_origin": {"type": "hologram"}}, "data": "1:1:0"}""")]
    public async Task What_nobody_here_can_read_is_told_once_and_those_behind_it_are_answered(string type, string content)
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        var before = run.Api.Replies(Chat).Count;
        var place = $$"""{"id": {{Chat}}, "type": "private"}""";

        run.Api.SendUpdate(Chat, type, JsonNode.Parse(content.Replace("CHAT", place, StringComparison.Ordinal))!.AsObject());
        run.Api.SendText(Chat, "Acepto");

        (await run.Api.ReplyAsync(Chat, before + 1)).Text.ShouldStartWith(TextOnly);
        await citizen.ReadAsync("Paso 2 de 9");
        run.Api.Replies(Chat).Count.ShouldBe(before + 3);
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");
        ShouldKeepTheRules(run);
    }

    [Theory]
    [InlineData("message", """{"message_id": 900, "date": 1, "chat": {"id": -5, "type": "supergroup"}, "forward_origin": {"type": "hologram"}}""")]
    [InlineData("message", """{"message_id": 900, "date": 1, "chat": {"id": 1001, "type": "private"}, "pinned_message": {"message_id": 3, "date": 1, "chat": {"id": 1001, "type": "private"}}}""")]
    [InlineData("message", """{"message_id": 900}""")]
    [InlineData("edited_message", """{"message_id": 900, "date": 1}""")]
    [InlineData("callback_query", """{"id": "7", "data": "1:1:0"}""")]
    [InlineData("my_chat_member", """{"chat": {"id": 1001, "type": "private"}, "new_chat_member": {"status": "enchanted"}}""")]
    [InlineData("my_chat_member", """{"new_chat_member": {"status": "kicked"}}""")]
    [InlineData("my_chat_member", "{}")]
    public async Task What_is_nobodys_word_or_not_whole_is_passed_by_in_silence(string type, string content)
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        var before = run.Api.Replies(Chat).Count;

        run.Api.SendUpdate(Chat, type, JsonNode.Parse(content)!.AsObject());
        run.Api.SendText(Chat, "Acepto");

        await citizen.ReadAsync("Paso 2 de 9");
        run.Api.Replies(Chat).Count.ShouldBe(before + 1);
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");
    }

    [Fact]
    public async Task An_edited_message_changes_nothing_and_the_bot_says_how_to_correct_it()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        await citizen.PressAsync("Acepto", "Paso 2 de 9");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");

        run.Api.Edit(Chat, "Otro problema, que no tiene nada que ver con el agua.");

        (await citizen.ReadAsync("Vi que cambió un mensaje suyo")).Text.ShouldContain("«Corregir»");
        await citizen.PressAsync("No estoy seguro", "Paso 4 de 9");
        await citizen.PressAsync("Toda la ciudad", "Paso 7 de 9");
        await citizen.PressAsync("No tengo propuesta", "Paso 8 de 9");
        (await citizen.PressAsync("Prefiero no dejar datos", "Paso 9 de 9")).Text.ShouldContain(citizen.Problem);
        ShouldKeepTheRules(run);
    }

    [Fact]
    public async Task A_group_gets_one_sentence_once()
    {
        await using var run = await TelegramRun.StartAsync();
        run.Api.SendText(-5, "hola a todas");
        run.Api.SendText(-5, "/start");
        (await run.Api.ReplyAsync(-5, 1)).Text.ShouldStartWith("Platico sólo en privado");
        run.Api.SendText(-5, "Enviar un problema o propuesta");
        run.Api.SendPhoto(-5);

        await AtTheNoticeAsync(run);

        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");
        run.Api.Replies(-5).ShouldHaveSingleItem().Labels.ShouldBeEmpty();
        ShouldKeepTheRules(run);
    }

    [Fact]
    public async Task An_old_button_is_answered_by_its_notice_and_changes_nothing()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        var (message, refuse) = run.Api.Replies(Chat).SelectMany(reply => reply.Rows.SelectMany(row => row).Select(button => (reply.Id, button)))
            .Single(one => one.button.Label == "No acepto");
        await citizen.PressAsync("Acepto", "Paso 2 de 9");
        var before = run.Api.Replies(Chat).Count;

        var query = run.Api.PressData(Chat, message, refuse.Data!);
        run.Api.PressData(Chat, message, "7:no:such");
        await run.Api.WhenAsync(() => run.Api.UnansweredCallbacks == 0, "answers to both");

        run.Api.Calls.Single(call => call.Method == "answerCallbackQuery" && (string)call.Body["callback_query_id"]! == query)
            .Body["text"]!.ToString().ShouldBe(OldButton);
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        run.Api.Replies(Chat).Count.ShouldBe(before + 1);
        ShouldKeepTheRules(run);
    }

    [Fact]
    public async Task A_button_pressed_twice_counts_once()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);

        run.Api.Press(Chat, "Acepto");
        run.Api.Press(Chat, "Acepto");

        await citizen.ReadAsync("Paso 2 de 9");
        await run.Api.WhenAsync(() => run.Api.UnansweredCallbacks == 0, "answers to both");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        run.Api.Replies(Chat).Count(reply => reply.Text.StartsWith("Paso 2 de 9", StringComparison.Ordinal)).ShouldBe(1);
        ShouldKeepTheRules(run);
    }

    [Fact]
    public async Task Who_blocked_the_bot_is_not_written_to_until_she_writes_again()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        run.Api.Fail("sendMessage", FakeFault.Refuse(403, "Forbidden: bot was blocked by the user"), chat: Chat);
        run.Api.SendText(Chat, "tal vez");
        await run.Api.WhenAsync(() => run.Api.Counters.GetValueOrDefault("fault_403") == 1, "the refusal");
        run.Api.Block(Chat);
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");
        var calls = CallsTo(run, Chat);

        // Others are served meanwhile.
        await AtTheNoticeAsync(run, Chat + 1);
        CallsTo(run, Chat).ShouldBe(calls);

        await citizen.SayAsync("Acepto", "Paso 2 de 9");
        ShouldKeepTheRules(run);
    }

    [Fact]
    public async Task Who_blocked_the_bot_while_it_was_away_gets_nothing_more_than_one_try()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        await run.StopHostAsync();
        run.Api.SendText(Chat, "Acepto");
        run.Api.Block(Chat);
        await run.StartHostAsync();
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "all confirmed");

        await AtTheNoticeAsync(run, Chat + 1);

        await citizen.SayAsync("Las calles de la colonia no tienen luz.", "Paso 3 de 9");
        ShouldKeepTheRules(run);
    }

    [Fact]
    public async Task A_second_poller_is_survived_and_told_and_no_update_is_lost()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        await run.Api.WhenAsync(() => run.Api.IsPolled, "a poll");
        using var other = new TelegramApi(run.Api.Address, FakeBotApi.Token, TimeProvider.System);

        await other.SendRequest(new GetRawUpdates(0, TimeSpan.Zero), Cancel);
        run.Api.Fail("getUpdates", FakeFault.Refuse(409, "Conflict: terminated by other getUpdates request"), times: 3);
        run.Api.SendText(Chat, "Acepto");

        await citizen.ReadAsync("Paso 2 de 9");
        await run.Log.WhenAsync("Another program polls Telegram");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        run.Api.BrokenRules.Keys.ShouldBe([FakeRules.TwoPollers]);
    }

    [Theory]
    [InlineData("123:ABC_another-secret")]
    [InlineData("ABC_another-secret")]
    public async Task A_wrong_token_stops_the_channel_and_the_web_still_answers(string token)
    {
        await using var run = await TelegramRun.StartAsync(new() { ["OgpBot:Telegram:Token"] = token });

        await run.Log.WhenAsync("OgpBot:Telegram:Token");

        // Nothing waits any more, so the clock would run.
        run.Clock.AutoAdvance = false;

        using var citizen = await CitizenClient.StartAsync(run.Host.Address);
        (await citizen.SayAsync("1")).ShouldStartWith("Paso 1 de 9");
        run.Api.Calls.ShouldBeEmpty();
        run.Api.BrokenRules.GetValueOrDefault(FakeRules.WrongToken).ShouldBeLessThanOrEqualTo(1);
        run.Log.All.ShouldContain(line => line.StartsWith("Critical", StringComparison.Ordinal) && line.Contains("Telegram", StringComparison.Ordinal));
        run.Log.All.ShouldAllBe(line => !line.Contains("another-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_the_channel_is_off_and_says_so_once()
    {
        await using var run = await TelegramRun.StartAsync(new() { ["OgpBot:Telegram:Token"] = null });

        await run.Log.WhenAsync("Telegram is off");
        run.Clock.AutoAdvance = false;

        using var citizen = await CitizenClient.StartAsync(run.Host.Address);
        (await citizen.SayAsync("1")).ShouldStartWith("Paso 1 de 9");
        run.Log.All.Count(line => line.Contains("Telegram is off", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task The_token_is_in_no_log_line_whatever_goes_wrong()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        FakeFault[] faults =
        [
            FakeFault.TooMany(1), FakeFault.Refuse(500, "Internal Server Error"), FakeFault.Html(502), FakeFault.NotJson, FakeFault.ResetBefore,
            FakeFault.ResetAfter, FakeFault.Refuse(400, $"Bad Request: no such place as {FakeBotApi.Token}"), FakeFault.Refuse(409, "Conflict"),
        ];
        foreach (var fault in faults)
        {
            run.Api.Fail("getUpdates", fault);
            run.Api.Fail("sendMessage", fault);
            run.Api.Fail("editMessageReplyMarkup", fault);
            run.Api.SendText(Chat, "ayuda");
            await citizen.SayAsync("tal vez", "Paso 1 de 9");
        }

        run.Api.Fail("sendMessage", FakeFault.Refuse(401, $"Unauthorized: {FakeBotApi.Token}"));
        run.Api.SendText(Chat, "ayuda");
        await run.Log.WhenAsync("Nothing can be sent to Telegram");
        run.Api.Fail("getUpdates", FakeFault.Refuse(401, $"Unauthorized: {FakeBotApi.Token}"));
        await run.Log.WhenAsync("The Telegram channel has stopped");
        using var http = new HttpClient { BaseAddress = run.Host.Address };
        using var wrong = await http.PostAsync("/telegram/webhook", null, Cancel);
        (await wrong.Content.ReadAsStringAsync(Cancel)).ShouldNotContain(Secret);
        await run.StopHostAsync();

        run.Log.All.ShouldContain(line => line.StartsWith("Trace", StringComparison.Ordinal) || line.StartsWith("Debug", StringComparison.Ordinal));
        run.Log.All.ShouldAllBe(line => !line.Contains(Secret, StringComparison.Ordinal));
        run.Log.All.ShouldAllBe(line => !line.Contains(FakeChat.LastName, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_and_descriptions_are_set_in_both_languages()
    {
        await using var run = await TelegramRun.StartAsync();

        await run.Api.WhenAsync(() => run.Api.ShortDescriptions.Count == 3, "the profile");

        string[] languages = ["", "en", "es"];
        run.Api.Commands.Keys.Order(StringComparer.Ordinal).ShouldBe(languages);
        run.Api.Commands.Values.ShouldAllBe(commands => string.Join(" ", commands) == "start menu estado aportes datos ayuda cancelar idioma");
        foreach (var descriptions in new[] { run.Api.Descriptions, run.Api.ShortDescriptions })
        {
            descriptions.Keys.Order(StringComparer.Ordinal).ShouldBe(languages);
            descriptions[""].ShouldBe(descriptions["es"]);
            descriptions["en"].ShouldNotBe(descriptions["es"]);
        }

        ShouldKeepTheRules(run);
    }

    [Fact]
    public async Task A_summary_too_long_for_one_message_is_split_with_the_buttons_under_the_last_part()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtTheNoticeAsync(run);
        var problem = Sentences("No hay agua");
        var proposal = Sentences("Hagan más <pozos> & tanques");
        await citizen.PressAsync("Acepto", "Paso 2 de 9");
        await citizen.SayAsync(problem, "Paso 3 de 9");
        await citizen.PressAsync("No estoy seguro", "Paso 4 de 9");
        await citizen.PressAsync("Toda la ciudad", "Paso 7 de 9");
        await citizen.SayAsync(proposal, "Paso 8 de 9");
        var before = run.Api.Replies(Chat).Count;
        run.Api.Press(Chat, "Prefiero no dejar datos");
        await run.Api.WhenAsync(() => run.Api.Buttons(Chat).Contains("Enviar"), "the summary's buttons");

        var parts = run.Api.Replies(Chat).Skip(before).ToList();
        parts.Count.ShouldBe(2);
        parts[0].Text.ShouldStartWith("Paso 9 de 9");
        parts[0].Labels.ShouldBeEmpty();
        parts[1].Labels.ShouldBe(["Enviar", "Corregir", "Cancelar"]);
        string.Join(' ', parts.Select(part => part.Text)).Count(char.IsDigit).ShouldBeGreaterThan((problem + proposal).Count(char.IsDigit));
        await citizen.PressAsync("Enviar", "¿Qué más quiere hacer?");
        var stored = (await run.StoredAsync()).ShouldHaveSingleItem();
        (stored["problem"], stored["proposal"]).ShouldBe((problem, proposal));
        ShouldKeepTheRules(run);
    }

    private static async Task<TelegramCitizen> AtTheNoticeAsync(TelegramRun run, long chat = Chat)
    {
        var citizen = new TelegramCitizen(run.Api, chat);
        run.Api.Start(chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        return citizen;
    }

    private static void ShouldKeepTheRules(TelegramRun run) => run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));

    private static int CallsTo(TelegramRun run, long chat) => run.Api.Calls.Count(call => call.Chat == chat);

    // Just under two thousand characters.
    private static string Sentences(string beginning)
    {
        var text = string.Join(' ', Enumerable.Range(100, 200).Select(number => string.Create(CultureInfo.InvariantCulture, $"{beginning} C{number} D{number}.")));
        return text[..(text[..1990].LastIndexOf('.') + 1)];
    }
}
