using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>What becomes of a message: its echo, its answer, its second copy, and texts that are hard to keep.</summary>
public sealed class DirectLineMessageTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string TextOnly = "Por ahora sólo puedo leer texto";

    [Fact]
    public async Task The_echo_carries_what_the_client_sent_along_unchanged()
    {
        const string ChannelData = """{"clientActivityID":"a1","n":1.50,"nested":{"z":[null,true,"\u00e1\u0000"],"a":""},"uno":"dos"}""";
        using var citizen = await shared.StartCitizenAsync();

        using var posted = await citizen.PostRawAsync($$"""{"type":"message","text":"hola","locale":"es-MX","channelData":{{ChannelData}}}""");

        ((int)posted.StatusCode).ShouldBe(200);
        var echo = (await citizen.ActivitiesAsync()).Single(activity => activity.Text("text") == "hola");
        JsonElement.DeepEquals(echo.GetProperty("channelData"), JsonElement.Parse(ChannelData)).ShouldBeTrue(echo.GetRawText());
        echo.GetProperty("channelData").EnumerateObject().Select(member => member.Name).ShouldBe(["clientActivityID", "n", "nested", "uno"]);
        echo.GetProperty("channelData").GetProperty("n").GetRawText().ShouldBe("1.50");
        echo.Text("locale").ShouldBe("es-MX");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(58)]
    [InlineData(61)]
    [InlineData(62)]
    [InlineData(70)]
    public async Task However_deep_the_data_beside_a_message_the_conversation_can_still_be_read(int depth)
    {
        using var citizen = await shared.StartCitizenAsync();
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        using var posted = await citizen.PostRawAsync($$"""{"type":"message","text":"hola","channelData":{{nested}}}""");

        ((int)posted.StatusCode).ShouldBeOneOf(200, 400);
        (await citizen.SayAsync("menú")).ShouldBe("¿Qué quiere hacer?");
        (await citizen.ActivitiesAsync()).Any(activity => activity.Text("text") == "hola").ShouldBe((int)posted.StatusCode == 200);
    }

    [Fact]
    public async Task Every_message_of_the_bot_tells_what_it_answers()
    {
        using var citizen = await shared.StartCitizenAsync();
        using var posted = await citizen.PostAsync("3");
        var id = (await posted.JsonAsync()).Text("id");
        await citizen.SayAsync("menú");

        var activities = await citizen.ActivitiesAsync();

        var bots = activities.Where(activity => activity.GetProperty("from").Text("role") == "bot").ToList();
        bots.ShouldAllBe(activity => activity.Text("replyToId") != null);
        bots.Count(activity => activity.Text("replyToId") == id).ShouldBe(2);
        activities.Where(activity => activity.GetProperty("from").Text("role") == "user").ShouldAllBe(activity => activity.Text("replyToId") == null);
    }

    [Fact]
    public async Task A_repeated_message_gets_the_first_id_and_no_second_answer()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var first = await citizen.PostAsync("menú", "twice");
        using var second = await citizen.PostAsync("menú", "twice");
        await citizen.SayAsync("3");

        var id = (await first.JsonAsync()).Text("id");
        (await second.JsonAsync()).Text("id").ShouldBe(id);
        var activities = await citizen.ActivitiesAsync();
        activities.Count(activity => activity.Text("text") == "menú").ShouldBe(1);
        activities.Count(activity => activity.Text("replyToId") == id).ShouldBe(1);
    }

    [Fact]
    public async Task Messages_repeated_at_the_same_moment_are_kept_once()
    {
        using var citizen = await shared.StartCitizenAsync();

        var posted = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => citizen.PostAsync("menú", "at-once")));
        await citizen.SayAsync("3");

        var ids = new List<string?>();
        foreach (var answer in posted)
        {
            ids.Add((await answer.JsonAsync()).Text("id"));
            answer.Dispose();
        }

        ids.Distinct().Count().ShouldBe(1);
        (await citizen.ActivitiesAsync()).Count(activity => activity.Text("replyToId") == ids[0]).ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_message_is_known_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        string token, conversation, id;
        await using (var host = await TestHost.StartAsync(folder.Path))
        {
            using var citizen = await CitizenClient.StartAsync(host.Address);
            (token, conversation) = (citizen.Token, citizen.Conversation);
            using var posted = await citizen.PostAsync("menú", "over-the-restart");
            id = (await posted.JsonAsync()).Text("id")!;
        }

        await using var again = await TestHost.StartAsync(folder.Path, seed: 2);
        using var back = CitizenClient.Resume(again.Address, token, conversation);
        using var repeated = await back.PostAsync("menú", "over-the-restart");
        await back.SayAsync("3");

        (await repeated.JsonAsync()).Text("id").ShouldBe(id);
        var activities = await back.ActivitiesAsync();
        activities.Count(activity => activity.Text("text") == "menú").ShouldBe(1);
        activities.Count(activity => activity.Text("replyToId") == id).ShouldBe(1);
    }

    [Fact]
    public async Task Another_text_under_the_same_client_id_is_409_and_the_first_stays_and_is_answered_once()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var first = await citizen.PostAsync("menú", "twice");
        using var other = await citizen.PostAsync("3", "twice");
        using var photo = await UploadAsync(citizen, """{"type":"message","channelData":{"clientActivityID":"twice"}}""", [1]);
        using var same = await citizen.PostAsync("menú", "twice");
        using var again = await citizen.PostAsync("3", "by itself");

        await other.ShouldBeErrorAsync(409);
        await photo.ShouldBeErrorAsync(409);
        ((int)same.StatusCode).ShouldBe(200);
        (await same.JsonAsync()).Text("id").ShouldBe((await first.JsonAsync()).Text("id"));
        ((int)again.StatusCode).ShouldBe(200);
        (await citizen.ActivitiesAsync()).Where(activity => activity.GetProperty("from").Text("role") == "user").Select(activity => activity.Text("text")).ShouldBe(["menú", "3"]);
    }

    // What she took back is not kept, so it can't be compared; a client that sends it again because the answer was lost must not be refused.
    [Fact]
    public async Task A_repeated_message_whose_text_was_erased_meanwhile_is_still_the_same()
    {
        using var citizen = await shared.StartCitizenAsync();
        await citizen.SayAsync("1");
        await citizen.SayAsync("Acepto");
        using var first = await citizen.PostAsync("En el centro de salud no hay citas por internet.", "erased");
        await citizen.SayAsync("corregir problema");
        await citizen.SayAsync("En el centro de salud no hay citas ni médicos.");

        using var repeated = await citizen.PostAsync("En el centro de salud no hay citas por internet.", "erased");

        (await citizen.ActivitiesAsync()).ShouldNotContain(activity => activity.Text("text") == "En el centro de salud no hay citas por internet.");
        ((int)repeated.StatusCode).ShouldBe(200);
        (await repeated.JsonAsync()).Text("id").ShouldBe((await first.JsonAsync()).Text("id"));
    }

    [Fact]
    public async Task The_same_client_id_in_another_conversation_is_another_message()
    {
        using var one = await shared.StartCitizenAsync();
        using var other = await shared.StartCitizenAsync();

        using var first = await one.PostAsync("menú", "same");
        using var second = await other.PostAsync("menú", "same");

        (await second.JsonAsync()).Text("id").ShouldNotBe((await first.JsonAsync()).Text("id"));
        (await other.SayAsync("3")).ShouldBe("¿Qué más quiere hacer?");
    }

    [Theory]
    [InlineData("start")]
    [InlineData("")]
    [InlineData("ñ 🚰")]
    [InlineData("' OR 1=1 --")]
    public async Task Whatever_id_a_client_gives_its_message_is_answered(string clientId)
    {
        using var citizen = await shared.StartCitizenAsync();

        using var posted = await citizen.PostAsync("menú", clientId);
        await citizen.SayAsync("3");

        var id = (await posted.JsonAsync()).Text("id");
        var activities = await citizen.ActivitiesAsync();
        activities.Single(activity => activity.Text("id") == id).Text("text").ShouldBe("menú");
        activities.Count(activity => activity.Text("replyToId") == id).ShouldBe(1);
    }

    [Fact]
    public async Task Two_messages_with_an_empty_client_id_are_two()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var first = await citizen.PostAsync("menú", "");
        using var second = await citizen.PostAsync("menú", "");

        (await second.JsonAsync()).Text("id").ShouldNotBe((await first.JsonAsync()).Text("id"));
    }

    [Fact]
    public async Task Very_long_client_ids_that_differ_only_at_the_end_are_told_apart()
    {
        using var citizen = await shared.StartCitizenAsync();
        var start = new string('x', 5_000);

        using var first = await citizen.PostAsync("menú", start + "1");
        using var second = await citizen.PostAsync("menú", start + "2");
        using var repeated = await citizen.PostAsync("menú", start + "1");

        var id = (await first.JsonAsync()).Text("id");
        (await second.JsonAsync()).Text("id").ShouldNotBe(id);
        (await repeated.JsonAsync()).Text("id").ShouldBe(id);
    }

    public static TheoryData<string, string, string> HardTexts => new()
    {
        { "NUL", """a\u0000b""", "ab" },
        { "control characters", """\u0007a\u001b[31mbc\u009fd\u007f""", "a[31mbcd" },
        { "line ends", """a\r\nb\rc\nd\te""", "a\nb\nc\nd\te" },
        { "half a pair as an escape", """a\ud83db""", "ab" },
        { "the other half as an escape", """a\udeb0b""", "ab" },
        { "halves in the wrong order", """a\udeb0\ud83db""", "ab" },
        { "an emoji as escapes", """a\ud83d\udeb0b""", "a🚰b" },
        { "a backslash before what looks like half a pair", """a\\ud83db""", @"a\ud83db" },
        { "emoji", "👩‍👩‍👧 🇲🇽 ☂️ 🚰", "👩‍👩‍👧 🇲🇽 ☂️ 🚰" },
        { "right to left", "لا يوجد ماء שלום \\u200f.", "لا يوجد ماء שלום \u200f." },
        { "quotes and signs", """\"<b>'; DROP TABLE activities; -- %s {problem} [?x?]""", "\"<b>'; DROP TABLE activities; -- %s {problem} [?x?]" },
    };

    [Theory]
    [MemberData(nameof(HardTexts))]
    public async Task A_hard_text_comes_back_clean_and_the_conversation_goes_on(string what, string json, string shown)
    {
        using var citizen = await shared.StartCitizenAsync();

        using var posted = await citizen.PostRawAsync($$"""{"type":"message","text":"{{json}}"}""");

        ((int)posted.StatusCode).ShouldBe(200, what);
        var activities = await citizen.ActivitiesAsync();
        activities.Single(activity => activity.GetProperty("from").Text("role") == "user").Text("text").ShouldBe(shown);
        (await citizen.SayAsync("menú")).ShouldStartWith("¿Qué quiere hacer");
    }

    /// <summary>An emoji whose bytes were cut, and half a pair written as bytes.</summary>
    [Theory]
    [InlineData("F09F9A")]
    [InlineData("EDA0BD")]
    [InlineData("FF")]
    public async Task Bytes_that_are_no_text_are_cleaned_too(string hex)
    {
        using var citizen = await shared.StartCitizenAsync();
        byte[] json =
        [
            .. """{"type":"message","channelData":{"clientActivityID":"cut","also":" """u8, .. Convert.FromHexString(hex), .. "\"},\"text\":\"hola"u8,
            .. Convert.FromHexString(hex), .. "\"}"u8,
        ];

        using var posted = await citizen.PostRawAsync(json);

        ((int)posted.StatusCode).ShouldBe(200);
        var activities = await citizen.ActivitiesAsync();
        activities.Single(activity => activity.GetProperty("from").Text("role") == "user").Text("text").ShouldBe("hola");
        (await citizen.SayAsync("menú")).ShouldStartWith("¿Qué quiere hacer");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ñ")]
    [InlineData("🚰")]
    public async Task A_problem_of_2000_characters_is_taken_and_one_of_2001_is_asked_again(string letter)
    {
        using var citizen = await shared.StartCitizenAsync();
        await citizen.SayAsync("1");
        await citizen.SayAsync("Acepto");

        var tooLong = await citizen.PostAsync(Sentence(letter, 2_001));
        var longest = await citizen.SayAsync(Sentence(letter, 2_000));

        var id = (await tooLong.JsonAsync()).Text("id");
        var replies = (await citizen.ActivitiesAsync()).Where(activity => activity.Text("replyToId") == id).Select(activity => activity.Text("text")!).ToList();
        replies[0].ShouldStartWith("Su texto tiene 2,001 letras y aquí caben 2,000.");
        replies[^1].ShouldStartWith("Paso 2 de 9");
        longest.ShouldStartWith("Paso 3 de 9");
    }

    [Theory]
    [InlineData("typing")]
    [InlineData("event")]
    [InlineData("conversationUpdate")]
    public async Task What_is_no_message_is_acknowledged_and_not_kept(string type)
    {
        using var citizen = await shared.StartCitizenAsync();
        var before = (await citizen.ActivitiesAsync()).Count;

        using var posted = await citizen.PostRawAsync($$"""{"type":"{{type}}","name":"webchat/join","value":{"a":1},"text":"hola"}""");
        var reply = await citizen.SayAsync("menú");

        ((int)posted.StatusCode).ShouldBe(200);
        (await posted.JsonAsync()).Text("id")!.ShouldStartWith($"{citizen.Conversation}|");
        reply.ShouldBe("¿Qué quiere hacer?");
        (await citizen.ActivitiesAsync()).Count.ShouldBe(before + 2);
    }

    [Fact]
    public async Task A_pressed_button_counts_as_its_text()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var posted = await citizen.PostRawAsync("""{"type":"message","value":"menú"}""");

        ((int)posted.StatusCode).ShouldBe(200);
        (await citizen.ActivitiesAsync())[^1].Text("text").ShouldBe("¿Qué quiere hacer?");
    }

    [Fact]
    public async Task An_uploaded_photo_is_told_apart_and_the_step_stays()
    {
        using var citizen = await shared.StartCitizenAsync();
        await citizen.SayAsync("1");
        await citizen.SayAsync("Acepto");

        using var posted = await UploadAsync(citizen, """{"type":"message","channelData":{"clientActivityID":"photo"}}""", new byte[300 * 1024]);

        ((int)posted.StatusCode).ShouldBe(200);
        var id = (await posted.JsonAsync()).Text("id");
        var activities = await citizen.ActivitiesAsync();
        activities.Single(activity => activity.Text("id") == id).GetProperty("channelData").Text("clientActivityID").ShouldBe("photo");
        var replies = activities.Where(activity => activity.Text("replyToId") == id).Select(activity => activity.Text("text")!).ToList();
        replies[0].ShouldStartWith(TextOnly);
        replies[^1].ShouldStartWith("Paso 2 de 9");
        (await citizen.SayAsync("La calle está sin luz desde hace meses.")).ShouldStartWith("Paso 3 de 9");
    }

    [Fact]
    public async Task Words_that_come_with_a_photo_count_as_the_answer()
    {
        using var citizen = await shared.StartCitizenAsync();
        await citizen.SayAsync("1");

        using var posted = await UploadAsync(citizen, """{"type":"message","text":"Acepto"}""", [1, 2, 3]);

        ((int)posted.StatusCode).ShouldBe(200);
        (await citizen.ActivitiesAsync())[^1].Text("text")!.ShouldStartWith("Paso 2 de 9");
    }

    [Fact]
    public async Task A_photo_without_an_activity_is_told_apart_too()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var posted = await UploadAsync(citizen, null, [1, 2, 3]);

        ((int)posted.StatusCode).ShouldBe(200);
        (await citizen.ActivitiesAsync()).ShouldContain(activity => activity.Text("text")!.StartsWith(TextOnly, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_attachment_in_a_posted_activity_is_told_apart_too()
    {
        using var citizen = await shared.StartCitizenAsync();

        using var posted = await citizen.PostRawAsync("""{"type":"message","attachments":[{"contentType":"image/png","contentUrl":"data:image/png;base64,AA=="}]}""");

        ((int)posted.StatusCode).ShouldBe(200);
        (await citizen.ActivitiesAsync()).ShouldContain(activity => activity.Text("text")!.StartsWith(TextOnly, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_upload_without_parts_is_refused_and_one_that_names_another_user_is_the_citizens_own()
    {
        using var citizen = await shared.StartCitizenAsync();
        var path = $"/v3/directline/conversations/{citizen.Conversation}/upload";

        using var foreign = await UploadAsync(citizen, """{"type":"message","text":"hola"}""", [1], "?userId=dl_otra");
        using var bad = await UploadAsync(citizen, """{"type":""", [1]);
        using var noParts = await citizen.Http.PostAsync(path, new StringContent("hola"), TestContext.Current.CancellationToken);
        var cut = new StringContent("--x\r\nContent-Disposition: form-data; name=\"activity\"\r\n\r\n{");
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var halfAPart = await citizen.Http.PostAsync(path, cut, TestContext.Current.CancellationToken);

        ((int)foreign.StatusCode).ShouldBe(200);
        await bad.ShouldBeErrorAsync(400);
        await noParts.ShouldBeErrorAsync(400);
        await halfAPart.ShouldBeErrorAsync(400);
        (await citizen.ActivitiesAsync()).Where(activity => activity.GetProperty("from").Text("role") == "user").ShouldHaveSingleItem().GetProperty("from").Text("id").ShouldNotBe("dl_otra");
    }

    // As many characters as a reader counts, the last of them this one.
    private static string Sentence(string letter, int characters)
    {
        const string Beginning = "Falta agua cada semana ";
        var words = string.Concat(Enumerable.Range(100, 300).Select(number => $"en C{number} "));
        return Beginning + words[..(characters - Beginning.Length - 10)] + Repeat(letter, 10);
    }

    private static string Repeat(string letter, int times) => string.Concat(Enumerable.Repeat(letter, times));

    private static async Task<HttpResponseMessage> UploadAsync(CitizenClient citizen, string? activity, byte[] file, string query = "")
    {
        using var form = new MultipartFormDataContent();
        if (activity is not null)
        {
            var part = new ByteArrayContent(Encoding.UTF8.GetBytes(activity));
            part.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.microsoft.activity");
            form.Add(part, "activity", "blob");
        }

        var photo = new ByteArrayContent(file);
        photo.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(photo, "file", string.Create(CultureInfo.InvariantCulture, $"foto-{file.Length}.jpg"));
        return await citizen.Http.PostAsync($"/v3/directline/conversations/{citizen.Conversation}/upload{query}", form, TestContext.Current.CancellationToken);
    }
}
