using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OgpBot.Channels.Telegram.Api;
using OgpBot.Tests.Support;
using Telegram.Bot;
using Telegram.Bot.Exceptions;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>The simulated server is as strict as it says: each rule is broken once, by a bot that knows no manners.</summary>
public sealed class FakeBotApiTests : IAsyncLifetime
{
    private const long Chat = 1001;
    private const string ButtonBefore = """{"chat_id":1001,"text":"¿Sí?","reply_markup":{"inline_keyboard":[[""";
    private const string ButtonAfter = "]]}}";
    private readonly ManualClock clock = new();
    private FakeBotApi api = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await FakeBotApi.StartAsync(clock);
        http = new HttpClient(new TelegramToken(api.Address, FakeBotApi.Token, null));
        api.Start(Chat);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await api.DisposeAsync();
        clock.Dispose();
    }

    [Theory]
    [InlineData("sendMessage", """{"chat_id":1001,"text":" "}""", FakeRules.TextEmpty)]
    [InlineData("sendMessage", """{"chat_id":1001,"text":"<b> </b>","parse_mode":"HTML"}""", FakeRules.TextEmpty)]
    [InlineData("sendMessage", """{"chat_id":1001,"text":"a < b","parse_mode":"HTML"}""", FakeRules.TextMalformed)]
    [InlineData("sendMessage", """{"chat_id":1001,"text":"<b>a","parse_mode":"HTML"}""", FakeRules.TextMalformed)]
    [InlineData("sendMessage", """{"chat_id":1001,"text":"<b><i>a</b></i>","parse_mode":"HTML"}""", FakeRules.TextMalformed)]
    [InlineData("sendMessage", """{"chat_id":1001,"text":"<script>a</script>","parse_mode":"HTML"}""", FakeRules.TextMalformed)]
    [InlineData("sendMessage", """{"chat_id":9,"text":"a"}""", FakeRules.ChatNotFound)]
    [InlineData("sendMessage", $$$"""{{{ButtonBefore}}}{"text":"","callback_data":"1"}{{{ButtonAfter}}}""", FakeRules.ButtonTextEmpty)]
    [InlineData("sendMessage", $$$"""{{{ButtonBefore}}}{"text":"b"}{{{ButtonAfter}}}""", FakeRules.ButtonAction)]
    [InlineData("sendMessage", $$$"""{{{ButtonBefore}}}{"text":"b","callback_data":""}{{{ButtonAfter}}}""", FakeRules.CallbackDataSize)]
    [InlineData("answerCallbackQuery", """{"callback_query_id":"never-pressed"}""", FakeRules.CallbackUnknown)]
    [InlineData("setMyCommands", """{"commands":[{"command":"Ayuda","description":"a"}]}""", FakeRules.CommandMalformed)]
    [InlineData("setMyCommands", """{"commands":[{"command":"ayuda","description":""}]}""", FakeRules.CommandMalformed)]
    [InlineData("setWebhook", """{"url":"https://a.example","secret_token":"con espacio"}""", FakeRules.WebhookMalformed)]
    [InlineData("sendMessage", "no JSON", FakeRules.BodyMalformed)]
    [InlineData("sendMassage", "{}", FakeRules.MethodUnknown)]
    public async Task What_the_real_server_refuses_is_refused_and_counted(string method, string body, string rule)
    {
        var answer = await CallAsync(method, body);

        ((bool)answer["ok"]!).ShouldBeFalse();
        ((int)answer["error_code"]!).ShouldBe(method == "sendMassage" ? 404 : 400);
        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [rule] = 1 });
    }

    [Theory]
    [InlineData("sendMessage", "text", 4096, FakeRules.TextTooLong)]
    [InlineData("setMyDescription", "description", 512, FakeRules.DescriptionTooLong)]
    [InlineData("setMyShortDescription", "short_description", 120, FakeRules.DescriptionTooLong)]
    public async Task Texts_may_be_just_so_long(string method, string parameter, int longest, string rule)
    {
        await OkAsync(method, new JsonObject { ["chat_id"] = Chat, [parameter] = new string('é', longest) });
        api.BrokenRules.Keys.ShouldBe(method == "sendMessage" ? [] : [FakeRules.ParameterUnknown]);

        await CallAsync(method, new JsonObject { ["chat_id"] = Chat, [parameter] = new string('é', longest + 1) });
        api.BrokenRules[rule].ShouldBe(1);
    }

    [Fact]
    public async Task The_length_of_a_text_is_that_of_what_is_shown_and_data_of_buttons_is_counted_in_bytes()
    {
        await OkAsync("sendMessage", new JsonObject
        {
            ["chat_id"] = Chat,
            ["text"] = $"<b>{string.Concat(Enumerable.Repeat("&amp;", 4096))}</b>",
            ["parse_mode"] = "HTML",
            ["reply_markup"] = JsonNode.Parse($$"""{"inline_keyboard":[[{"text":"Sí","callback_data":"{{new string('é', 32)}}"}]]}"""),
        });
        api.Replies(Chat)[0].Text.ShouldBe(new string('&', 4096));
        api.BrokenRules.ShouldBeEmpty();

        await CallAsync("sendMessage", $$$"""{{{ButtonBefore}}}{"text":"b","callback_data":"{{{new string('é', 33)}}}"}{{{ButtonAfter}}}""");
        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.CallbackDataSize] = 1 });
    }

    [Fact]
    public async Task A_refused_call_that_is_repeated_is_counted()
    {
        await CallAsync("sendMessage", """{"chat_id":1001,"text":"<b>a","parse_mode":"HTML"}""");
        await CallAsync("sendMessage", """{"chat_id":1001,"text":"<b>a","parse_mode":"HTML"}""");

        api.BrokenRules[FakeRules.RetriedAfter4xx].ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        using var stranger = new HttpClient();
        using var response = await stranger.PostAsJsonAsync(new Uri(api.Address, "/bot1:wrong/getMe"), new object(), Cancel);

        ((int)response.StatusCode).ShouldBe(401);
        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.WrongToken] = 1 });
    }

    [Fact]
    public async Task Sending_faster_than_the_bucket_of_a_chat_is_counted_and_on_demand_refused()
    {
        for (var sent = 0; sent < 3; sent++)
        {
            await OkAsync("sendMessage", Text(Chat));
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        await OkAsync("sendMessage", Text(Chat));
        api.BrokenRules.ShouldBeEmpty();

        await OkAsync("sendMessage", Text(Chat));
        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.ChatRate] = 1 });

        api.EnforceRates = true;
        ((int)(await CallAsync("sendMessage", Text(Chat)))["error_code"]!).ShouldBe(429);
    }

    [Fact]
    public async Task More_than_thirty_messages_in_a_second_are_counted()
    {
        for (var chat = 1; chat <= 31; chat++)
        {
            api.Start(chat);
            await OkAsync("sendMessage", Text(chat));
        }

        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.OverallRate] = 1 });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_does_not_wait_out_a_429_is_counted(bool everywhere)
    {
        api.Start(2);
        api.Fail("sendMessage", FakeFault.TooMany(5, everywhere), chat: Chat);
        var told = await CallAsync("sendMessage", Text(Chat));
        ((int)told["parameters"]!["retry_after"]!).ShouldBe(5);

        clock.Advance(TimeSpan.FromSeconds(4));
        await CallAsync("sendMessage", Text(2));
        api.BrokenRules.GetValueOrDefault(FakeRules.IgnoredRetryAfter).ShouldBe(everywhere ? 1 : 0);
        ((int)(await CallAsync("sendMessage", Text(Chat)))["parameters"]!["retry_after"]!).ShouldBe(1);
        api.BrokenRules[FakeRules.IgnoredRetryAfter].ShouldBe(everywhere ? 2 : 1);

        clock.Advance(TimeSpan.FromSeconds(1));
        await OkAsync("sendMessage", Text(Chat));
    }

    [Fact]
    public async Task Who_was_on_the_way_when_all_were_told_to_wait_is_not_blamed()
    {
        api.Start(2);
        api.Fail("answerCallbackQuery", FakeFault.TooMany(5));
        await CallAsync("answerCallbackQuery", """{"callback_query_id":"1"}""");

        ((int)(await CallAsync("sendMessage", Text(2)))["error_code"]!).ShouldBe(429);

        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_citizen_who_blocks_the_bot_is_written_to_once_at_most_until_he_writes_again()
    {
        api.Block(Chat);
        ((int)(await CallAsync("sendMessage", Text(Chat)))["error_code"]!).ShouldBe(403);
        api.BrokenRules.ShouldBeEmpty();

        await CallAsync("sendChatAction", """{"chat_id":1001,"action":"typing"}""");
        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.RepeatSendAfter403] = 1 });

        api.SendText(Chat, "ya volví");
        await OkAsync("sendChatAction", JsonNode.Parse("""{"chat_id":1001,"action":"typing"}""")!.AsObject());
        (await PollAsync(0)).Select(update => update.AsObject().Last().Key).ShouldBe(["message", "my_chat_member", "my_chat_member", "message"]);
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_refused_and_counted_unless_the_first_answer_was_lost()
    {
        var sent = (long)(await OkAsync("sendMessage", Text(Chat)))["message_id"]!;
        JsonObject Edit(string text) => new() { ["chat_id"] = Chat, ["message_id"] = sent, ["text"] = text };
        api.Fail("editMessageText", FakeFault.ResetAfter);
        await Should.ThrowAsync<HttpRequestException>(CallAsync("editMessageText", Edit("otro")));
        api.Replies(Chat)[0].Text.ShouldBe("otro");

        ((string)(await CallAsync("editMessageText", Edit("otro")))["description"]!).ShouldStartWith("Bad Request: message is not modified");
        api.BrokenRules.ShouldBeEmpty();

        await OkAsync("editMessageText", Edit("uno más"));
        await CallAsync("editMessageText", Edit("uno más"));
        api.BrokenRules[FakeRules.NotModified].ShouldBe(1);
    }

    [Fact]
    public async Task A_pressed_button_wants_an_answer_within_fifteen_seconds_of_its_delivery()
    {
        var answered = await PressAsync();
        await PollAsync(0);
        await OkAsync("answerCallbackQuery", new JsonObject { ["callback_query_id"] = answered });
        var late = api.Press(Chat, "Sí");
        api.UnansweredCallbacks.ShouldBe(1);

        // Not delivered yet: nobody is to blame.
        clock.Advance(TimeSpan.FromSeconds(16));
        api.BrokenRules.ShouldBeEmpty();
        await PollAsync(0);
        clock.Advance(TimeSpan.FromSeconds(16));
        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.CallbackUnanswered] = 1 });

        var refusal = await CallAsync("answerCallbackQuery", new JsonObject { ["callback_query_id"] = late });
        ((string)refusal["description"]!).ShouldContain("query is too old");
        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.CallbackAnsweredLate] = 1 });
    }

    [Fact]
    public async Task A_note_to_a_pressed_button_has_two_hundred_units_at_most()
    {
        var query = await PressAsync();
        await CallAsync("answerCallbackQuery", new JsonObject { ["callback_query_id"] = query, ["text"] = new string('a', 201) });

        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.CallbackAnswerTooLong] = 1 });
    }

    [Fact]
    public void Only_a_button_that_is_there_can_be_pressed() =>
        Should.Throw<InvalidOperationException>(() => api.Press(Chat, "Sí")).Message.ShouldContain("no button `Sí`");

    [Fact]
    public async Task Updates_stay_until_a_higher_offset_confirms_them()
    {
        api.SendText(Chat, "dos");
        var first = await PollAsync(0);
        first.Count.ShouldBe(2);
        (await PollAsync(0)).Count.ShouldBe(2);

        var last = (long)first[1]["update_id"]!;
        (await PollAsync(last)).Count.ShouldBe(1);
        (await PollAsync(last + 1)).ShouldBeEmpty();
        api.Updates.ShouldBe((0, 2));
        api.BrokenRules.ShouldBeEmpty();

        await PollAsync(last);
        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.OffsetBackwards] = 1 });
    }

    [Fact]
    public async Task Confirming_what_was_never_delivered_is_counted()
    {
        await PollAsync(999_999_999);

        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.ConfirmedNeverDelivered] = 1 });
    }

    [Fact]
    public async Task Only_the_kinds_of_updates_that_were_asked_for_come_and_to_ask_for_none_is_counted()
    {
        await CallAsync("getUpdates", """{"allowed_updates":["message"]}""");
        api.Block(Chat);
        (await OkAsync("getUpdates", [])).AsArray().Count.ShouldBe(1);

        api.BrokenRules.ShouldBe(new Dictionary<string, int> { [FakeRules.AllowedUpdatesMissing] = 1 });
    }

    [Fact]
    public async Task Batches_can_bring_what_was_confirmed_and_come_in_reverse()
    {
        var offset = (long)(await PollAsync(0))[0]["update_id"]! + 1;
        await PollAsync(offset);
        api.Rates = new FakeFaultRates { PDuplicate = 1, PReversed = 1 };
        api.SendText(Chat, "dos");

        (await PollAsync(offset)).Select(update => (string)update["message"]!["text"]!).ShouldBe(["dos", "/start"]);
        (api.Counters["duplicates"], api.Counters["reversals"]).ShouldBe((1, 1));
        api.BrokenRules.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_seed_brings_the_same_faults_in_the_shares_that_were_asked_for()
    {
        var runs = new List<IReadOnlyDictionary<string, int>>();
        for (var run = 0; run < 2; run++)
        {
            await using var other = await FakeBotApi.StartAsync(clock, seed: 7);
            other.Rates = new FakeFaultRates { P429 = 0.25, P5xx = 0.1, PReset = 0.05, RetryAfter = 0 };
            for (var call = 0; call < 400; call++)
            {
                await TryAsync(other);
            }

            runs.Add(other.Counters);
        }

        runs[1].ShouldBe(runs[0]);
        runs[0]["fault_429"].ShouldBeInRange(70, 130);
        (runs[0]["fault_500"] + runs[0]["fault_Html"]).ShouldBeInRange(20, 60);
        (runs[0]["fault_ResetBefore"] + runs[0]["fault_ResetAfter"]).ShouldBeInRange(8, 32);
    }

    private async Task<string> PressAsync()
    {
        var question = $$$"""{{{ButtonBefore}}}{"text":"Sí","callback_data":"1"}{{{ButtonAfter}}}""";
        await OkAsync("sendMessage", JsonNode.Parse(question)!.AsObject());
        return api.Press(Chat, "Sí");
    }

    private async Task TryAsync(FakeBotApi other)
    {
        using var client = new TelegramApi(other.Address, FakeBotApi.Token, clock);
        try
        {
            await client.GetMe(Cancel);
        }
        catch (RequestException)
        {
            // Counted by the server.
        }
    }

    private async Task<IReadOnlyList<JsonNode>> PollAsync(long offset)
    {
        var types = new JsonArray("message", "edited_message", "callback_query", "my_chat_member");
        var result = await OkAsync("getUpdates", new JsonObject { ["offset"] = offset, ["allowed_updates"] = types });
        return [.. result.AsArray().Select(update => update!)];
    }

    private async Task<JsonNode> OkAsync(string method, JsonObject body)
    {
        var answer = await CallAsync(method, body);
        ((bool)answer["ok"]!).ShouldBeTrue(answer.ToJsonString());
        return answer["result"]!;
    }

    private Task<JsonNode> CallAsync(string method, JsonObject body) => CallAsync(method, body.ToJsonString());

    private async Task<JsonNode> CallAsync(string method, string body)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await http.PostAsync(new Uri(api.Address, $"/{method}"), content, Cancel);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
    }

    private static JsonObject Text(long chat) => new() { ["chat_id"] = chat, ["text"] = "hola" };
}
