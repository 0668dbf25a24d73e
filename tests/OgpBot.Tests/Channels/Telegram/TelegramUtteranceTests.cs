using System.Globalization;
using System.Text.Json.Nodes;
using OgpBot.Conversations.Messages;

namespace OgpBot.Tests.Channels.Telegram;

/// <summary>What a citizen sends at once is one utterance and gets one answer, in however many updates Telegram brings it.</summary>
public sealed class TelegramUtteranceTests
{
    private const long Chat = 1001;
    private const string TooLong = "Su texto tiene ";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);
    private const string TextOnly = "Por ahora sólo puedo leer texto";
    private const string FileUnread = "Leí lo que escribió";
    private const string Edited = "Vi que cambió un mensaje suyo";

    [Theory]
    [InlineData("menu", 1)]
    [InlineData("problem", 1)]
    [InlineData("proposal", 1)]
    [InlineData("question", 1)]
    [InlineData("problem", 3)]
    public async Task A_text_that_the_app_cut_is_refused_once_and_whole_and_its_tail_is_no_answer(string place, int full)
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, place);
        var before = run.Api.Replies(Chat).Count;
        var text = Sentences((full * 4096) + 700);

        run.Api.Paste(Chat, text).Count.ShouldBe(full + 1);

        var refusal = await run.Api.ReplyAsync(Chat, before + 1);
        refusal.Text.ShouldStartWith($"{TooLong}{text.Length.ToString("N0", CultureInfo.InvariantCulture)} letras y aquí caben 2,000.");
        refusal.Text.ShouldContain($"{text[1950..2000].Trim()}»");
        await (place switch
        {
            "menu" => citizen.SayAsync("1", "Paso 1 de 9"),
            "problem" => citizen.SayAsync(citizen.Problem, "Paso 3 de 9"),
            "proposal" => citizen.SayAsync("Publicar un calendario por colonia.", "Paso 8 de 9"),
            _ => citizen.SayAsync("menú", "¿Qué más quiere hacer?"),
        });
        run.Api.Replies(Chat).Count(reply => reply.Text.StartsWith(TooLong, StringComparison.Ordinal)).ShouldBe(1);
        run.Api.Replies(Chat).Any(reply => reply.Text.Contains(text[4096..4116], StringComparison.Ordinal)).ShouldBeFalse();
        ShouldHaveFinished(run);
    }

    [Fact]
    public async Task A_part_is_held_for_a_moment_while_others_and_what_is_short_are_answered_at_once()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        var other = await AtAsync(run, "problem", Chat + 1);
        await run.Api.WhenAsync(() => run.Api.IsPolled && run.Api.Updates.Waiting == 0, "a poll that has confirmed");
        run.Clock.AutoAdvance = false;
        run.Clock.Advance(Rest);
        var before = run.Api.Replies(Chat).Count;

        run.Api.SendText(Chat, Sentences(4000));
        await other.SayAsync(other.Problem, "Paso 3 de 9");
        run.Api.Replies(Chat).Count.ShouldBe(before);

        run.Clock.AutoAdvance = true;
        (await run.Api.ReplyAsync(Chat, before + 1)).Text.ShouldStartWith($"{TooLong}4,000");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        ShouldHaveFinished(run);
    }

    [Fact]
    public async Task A_restart_between_two_parts_neither_loses_nor_parts_them()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        await run.Api.WhenAsync(() => run.Api.IsPolled && run.Api.Updates.Waiting == 0, "a poll that has confirmed");
        run.Clock.AutoAdvance = false;
        run.Clock.Advance(Rest);
        var before = run.Api.Replies(Chat).Count;
        var text = Sentences(5000);

        run.Api.SendText(Chat, text[..4096]);
        await run.Api.WhenAsync(() => run.Api.IsPolled && run.Api.Updates.Waiting == 0, "the first part to be kept");
        await run.StopHostAsync();
        run.Api.Replies(Chat).Count.ShouldBe(before);
        await run.StartHostAsync();
        run.Api.SendText(Chat, text[4096..]);
        run.Api.RedeliverConfirmed();
        await run.Api.WhenAsync(() => run.Api.Updates.Waiting == 0, "the second part to be kept");
        run.Clock.AutoAdvance = true;

        (await run.Api.ReplyAsync(Chat, before + 1)).Text.ShouldStartWith($"{TooLong}5,000");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        run.Api.Replies(Chat).Count(reply => reply.Text.StartsWith(TooLong, StringComparison.Ordinal)).ShouldBe(1);
        ShouldHaveFinished(run);
    }

    [Fact]
    public async Task A_tail_that_comes_after_its_text_was_refused_is_no_answer_of_its_own()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        var before = run.Api.Replies(Chat).Count;
        var head = run.Api.SendText(Chat, Sentences(4096));

        // She sent it before the bot wrote.
        var tail = run.Api.Reserve(Chat);
        (await run.Api.ReplyAsync(Chat, before + 1)).Text.ShouldStartWith($"{TooLong}4,096");
        run.Api.SendReserved(Chat, tail, "es la mitad de una palabra y veinte letras más.");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");

        tail.ShouldBe(head + 1);
        run.Api.Replies(Chat).Count(reply => reply.Text.StartsWith(TooLong, StringComparison.Ordinal)).ShouldBe(1);
        run.Api.Replies(Chat).Count(reply => reply.Text.StartsWith("Paso 3 de 9", StringComparison.Ordinal)).ShouldBe(1);
        ShouldHaveFinished(run);
    }

    [Theory]
    [InlineData("photo")]
    [InlineData("video")]
    [InlineData("document")]
    [InlineData("voice")]
    [InlineData("audio")]
    [InlineData("animation")]
    public async Task What_is_written_with_a_file_is_the_answer_and_the_file_is_declined_in_a_sentence(string kind)
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        var before = run.Api.Replies(Chat).Count;

        _ = kind == "photo" ? run.Api.SendPhoto(Chat, citizen.Problem) : run.Api.SendFile(Chat, kind, citizen.Problem);

        (await run.Api.ReplyAsync(Chat, before + 1)).Text.ShouldStartWith(FileUnread);
        (await run.Api.ReplyAsync(Chat, before + 2)).Text.ShouldStartWith("Paso 3 de 9");
        await citizen.PressAsync("No estoy seguro", "Paso 4 de 9");
        await citizen.PressAsync("Toda la ciudad", "Paso 7 de 9");
        await citizen.PressAsync("No tengo propuesta", "Paso 8 de 9");
        (await citizen.PressAsync("Prefiero no dejar datos", "Paso 9 de 9")).Text.ShouldContain(citizen.Problem);
        ShouldHaveFinished(run);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task An_album_with_words_is_one_answer(int place)
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        var before = run.Api.Replies(Chat).Count;

        run.Api.SendAlbum(Chat, [.. Enumerable.Range(0, 10).Select(at => at == place ? citizen.Problem : null)]);

        await citizen.ReadAsync("Paso 3 de 9");
        await citizen.PressAsync("No estoy seguro", "Paso 4 de 9");
        run.Api.Replies(Chat).Skip(before).Select(reply => reply.Text[..11]).ShouldBe([FileUnread[..11], "Paso 3 de 9", "Paso 4 de 9"]);
        ShouldHaveFinished(run);
    }

    [Fact]
    public async Task An_album_without_words_is_told_once_that_only_text_is_read()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        var before = run.Api.Replies(Chat).Count;

        run.Api.SendAlbum(Chat, [.. new string?[10]]);
        (await run.Api.ReplyAsync(Chat, before + 1)).Text.ShouldStartWith(TextOnly);
        (await run.Api.ReplyAsync(Chat, before + 2)).Text.ShouldStartWith("Paso 2 de 9");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");

        run.Api.Replies(Chat).Count.ShouldBe(before + 3);
        ShouldHaveFinished(run);
    }

    [Fact]
    public async Task A_photo_of_an_album_that_was_answered_is_passed_by()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        var before = run.Api.Replies(Chat).Count;

        run.Api.SendPhoto(Chat, album: "one");
        await run.Api.ReplyAsync(Chat, before + 2);
        run.Api.SendPhoto(Chat, album: "one");
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");

        run.Api.Replies(Chat).Count.ShouldBe(before + 3);
        ShouldHaveFinished(run);
    }

    [Fact]
    public async Task A_live_location_is_told_once_and_its_moves_are_passed_by()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        var before = run.Api.Replies(Chat).Count;

        var location = run.Api.SendLocation(Chat);
        (await run.Api.ReplyAsync(Chat, before + 2)).Text.ShouldStartWith("Paso 2 de 9");
        for (var move = 0; move < 5; move++)
        {
            run.Api.Move(Chat, location);
        }

        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        run.Api.Replies(Chat).Count.ShouldBe(before + 3);
        ShouldHaveFinished(run);
    }

    [Fact]
    public async Task Of_edits_only_that_of_an_answer_is_spoken_of_and_once()
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");
        await citizen.SayAsync("Muy corto", "");
        var refused = run.Api.LastMessageOf(Chat);
        run.Api.Edit(Chat, "Todavía corto", refused);
        await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
        var answer = run.Api.LastMessageOf(Chat);
        var before = run.Api.Replies(Chat).Count;
        run.Api.Replies(Chat).ShouldAllBe(reply => !reply.Text.StartsWith(Edited, StringComparison.Ordinal));

        run.Api.Edit(Chat, "Otro problema, que no tiene nada que ver con el agua.", answer);
        run.Api.Edit(Chat, "Un tercer problema, que tampoco tiene que ver con el agua.", answer);
        await citizen.ReadAsync(Edited);
        await citizen.PressAsync("No estoy seguro", "Paso 4 de 9");

        run.Api.Replies(Chat).Count.ShouldBe(before + 2);
        ShouldHaveFinished(run);
    }

    [Fact]
    public async Task An_edit_begins_no_conversation()
    {
        await using var run = await TelegramRun.StartAsync();

        run.Api.SendUpdate(Chat, "edited_message", JsonNode.Parse($$"""{"message_id": 7, "date": 1, "chat": {"id": {{Chat}}, "type": "private"}, "text": "hola"}""")!.AsObject());
        await AtAsync(run, "problem", Chat + 1);

        run.Api.Replies(Chat).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("caption")]
    public async Task The_words_of_a_message_of_which_the_rest_is_unknown_are_read(string field)
    {
        await using var run = await TelegramRun.StartAsync();
        var citizen = await AtAsync(run, "problem");

        run.Api.SendUpdate(Chat, "message", new JsonObject
        {
            ["message_id"] = run.Api.Reserve(Chat),
            ["date"] = 1,
            ["chat"] = new JsonObject { ["id"] = Chat, ["type"] = "private" },
            ["forward_origin"] = new JsonObject { ["type"] = "hologram", ["date"] = 1 },
            [field] = citizen.Problem,
        });

        await citizen.ReadAsync("Paso 3 de 9");
        ShouldHaveFinished(run);
    }

    private static async Task<TelegramCitizen> AtAsync(TelegramRun run, string place, long chat = Chat)
    {
        var citizen = new TelegramCitizen(run.Api, chat);
        run.Api.Start(chat);
        await citizen.ReadAsync("¿Qué quiere hacer?");
        if (place == "menu")
        {
            return citizen;
        }

        if (place == "question")
        {
            run.Api.Press(chat, "Preguntar sobre el proceso");
            await run.Api.ReplyAsync(chat, 3);
            return citizen;
        }

        await citizen.PressAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        await citizen.PressAsync("Acepto", "Paso 2 de 9");
        if (place == "proposal")
        {
            await citizen.SayAsync(citizen.Problem, "Paso 3 de 9");
            await citizen.PressAsync("No estoy seguro", "Paso 4 de 9");
            await citizen.PressAsync("Toda la ciudad", "Paso 7 de 9");
        }

        return citizen;
    }

    // Each place in it is known by its number.
    private static string Sentences(int length) =>
        string.Join(' ', Enumerable.Range(10_000, length / 6).Select(number => $"falta luz en la calle C{number}."))[..(length - 1)] + "x";

    private static void ShouldHaveFinished(TelegramRun run)
    {
        run.Host.Get<ConversationReader>().Unfinished().ShouldBeEmpty();
        run.Api.BrokenRules.ShouldBeEmpty(string.Join("; ", run.Api.Notes));
    }
}
