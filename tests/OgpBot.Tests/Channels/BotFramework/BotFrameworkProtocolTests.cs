using System.Text.Json;
using System.Text.Json.Nodes;
using OgpBot.Conversations.Messages;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>What the door takes, refuses and answers.</summary>
public sealed class BotFrameworkProtocolTests
{
    private const string Where = """ "channelId": "emulator", "serviceUrl": "http://127.0.0.1:9/", "conversation": {"id": "c"} """;

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"type": "message", "text": """)]
    [InlineData("{" + Where + "}")]
    [InlineData("""{"type": "", """ + Where + "}")]
    [InlineData("""{"type": {"a": 1}, """ + Where + "}")]
    [InlineData("""{"type": "message", "membersAdded": 7, """ + Where + "}")]
    [InlineData("""{"type": "message", "timestamp": "yesterday", """ + Where + "}")]
    [InlineData("""{"type": "message", "channelId": "emulator", "serviceUrl": "http://127.0.0.1:9/"}""")]
    [InlineData("""{"type": "message", "channelId": "emulator", "serviceUrl": "http://127.0.0.1:9/", "conversation": {}}""")]
    [InlineData("""{"type": "message", "serviceUrl": "http://127.0.0.1:9/", "conversation": {"id": "c"}}""")]
    [InlineData("""{"type": "message", "channelId": "emulator", "conversation": {"id": "c"}}""")]
    [InlineData("""{"type": "message", "channelId": "emulator", "serviceUrl": "over there", "conversation": {"id": "c"}}""")]
    public async Task A_malformed_activity_is_400_and_nothing_is_kept(string json)
    {
        await using var run = await BotFrameworkRun.StartAsync();

        using var answer = await run.Citizen.PostAsync(run.Host.Address, json);

        await answer.ShouldBeErrorAsync(400);
        run.Host.Get<ConversationReader>().FindByAddress("botframework", "").ShouldBeNull();
        run.Log.All.ShouldNotContain(line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_nested_too_deep_is_400_and_what_is_too_large_413()
    {
        await using var run = await BotFrameworkRun.StartAsync();
        var deep = run.Citizen.Message("hola").ToJsonString().Replace("\"hola\"", $"\"hola\", \"value\": {new string('[', 5_000)}{new string(']', 5_000)}", StringComparison.Ordinal);

        using var nested = await run.Citizen.PostAsync(run.Host.Address, deep);
        using var large = await run.Citizen.PostAsync(run.Host.Address, run.Citizen.Message(new string('a', 300_000)));

        await nested.ShouldBeErrorAsync(400);
        await large.ShouldBeErrorAsync(413);
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("http://169.254.169.254/latest/")]
    [InlineData("http://127.0.0.1.example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://127.0.0.1/")]
    public async Task Without_tokens_only_this_machine_is_written_to(string service)
    {
        await using var run = await BotFrameworkRun.StartAsync();
        var activity = run.Citizen.Message("hola");
        activity["serviceUrl"] = service;

        using var answer = await run.Citizen.PostAsync(run.Host.Address, activity);

        await answer.ShouldBeErrorAsync(403);
        run.Host.Get<ConversationReader>().Unfinished().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_activity_brought_again_is_answered_once_even_after_a_restart()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        await run.SayAsync("Enviar un problema o propuesta", "Paso 1 de 9");
        var accept = run.Citizen.Message("Acepto");
        await run.PostAsync(accept);
        await run.PostAsync(accept.DeepClone());
        await run.Citizen.ReadAsync("Paso 2 de 9");
        await run.StopHostAsync();
        await run.StartHostAsync();

        await run.PostAsync(accept.DeepClone());
        await run.Host.WhenAllIsSentAsync();

        run.Texts.Count.ShouldBe(4);
        await run.SayAsync("El agua llega sólo dos horas al día a mi calle.", "Paso 3 de 9");
    }

    [Fact]
    public async Task Ids_longer_than_are_kept_are_told_apart()
    {
        await using var run = await BotFrameworkRun.BegunAsync();
        var (one, other) = (run.Citizen.Message("1", new string('x', 500) + "1"), run.Citizen.Message("Acepto", new string('x', 500) + "2"));

        await run.PostAsync(one);
        await run.PostAsync(one.DeepClone());
        await run.Citizen.ReadAsync("Paso 1 de 9");
        await run.PostAsync(other);

        await run.Citizen.ReadAsync("Paso 2 de 9");
    }

    [Fact]
    public async Task Who_expects_the_replies_gets_them_in_the_answer_and_again_under_the_same_id()
    {
        await using var run = await BotFrameworkRun.StartAsync();
        var arrival = Expecting(run.Citizen.Arrival());
        (await RepliesAsync(run, arrival)).Select(greeting => Text(greeting)[..4]).ShouldBe(["Hola", "¿Qué"]);
        var said = Expecting(run.Citizen.Message("Enviar un problema o propuesta"));

        var replies = await RepliesAsync(run, said);

        var reply = replies.ShouldHaveSingleItem();
        Text(reply).ShouldStartWith("Paso 1 de 9");
        reply.Text("type").ShouldBe("message");
        reply.Text("replyToId").ShouldBe(said["id"]!.GetValue<string>());
        reply.GetProperty("suggestedActions").GetProperty("actions")[0].Text("value").ShouldBe("Acepto");
        (await RepliesAsync(run, said)).Select(Text).ShouldBe(replies.Select(Text));
        (await RepliesAsync(run, arrival)).Count.ShouldBe(2);
        await run.Host.WhenAllIsSentAsync();
        run.Connector.Calls.ShouldBeEmpty();

        // Another activity of the same conversation may be answered in the usual way.
        await run.SayAsync("Acepto", "Paso 2 de 9");
    }

    [Fact]
    public async Task Who_expects_replies_to_what_has_none_gets_none()
    {
        await using var run = await BotFrameworkRun.StartAsync();

        (await RepliesAsync(run, Expecting(run.Citizen.Activity("typing")))).ShouldBeEmpty();
    }

    private static string Text(JsonElement activity) => activity.Text("text")!;

    private static JsonObject Expecting(JsonObject activity)
    {
        activity["deliveryMode"] = "expectReplies";
        return activity;
    }

    private static async Task<IReadOnlyList<JsonElement>> RepliesAsync(BotFrameworkRun run, JsonNode activity)
    {
        using var answer = await run.Citizen.PostAsync(run.Host.Address, activity);
        ((int)answer.StatusCode).ShouldBe(200);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return [.. (await answer.JsonAsync()).GetProperty("activities").EnumerateArray()];
    }
}
