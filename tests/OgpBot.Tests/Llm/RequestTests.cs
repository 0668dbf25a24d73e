using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>
/// What leaves the house for each prompt, whole: the files of <c>Requests/</c> were recorded before Semantic Kernel was used, and nothing may leave in
/// another form. <c>UPDATE_TRANSCRIPTS=1</c> writes them anew, after a prompt was changed on purpose.
/// </summary>
public sealed partial class RequestTests(ModelHost shared) : IClassFixture<ModelHost>
{
    // The connection's own, and what tells nothing but versions.
    private static readonly string[] Passing = ["Host", "Content-Length", "Transfer-Encoding", "traceparent", "User-Agent"];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task A_text_with_signs_that_markup_knows()
    {
        var talk = await FilingAsync();
        await IsAsRecordedAsync("check-criteria", () => talk.SayAsync(
            "En la colonia Roble no hay luz & los \"postes\" <viejos> caen; dicen &lt;no&gt; o </message> o {{data}}; ya van 'meses' \\ así 🌵, llamen al 55 8765 4321."));
    }

    [Fact]
    public async Task A_text_in_which_the_program_has_a_doubt()
    {
        var talk = await FilingAsync();
        await IsAsRecordedAsync("check-criteria-found", () => talk.SayAsync("Me cobraron de más en mi recibo y nadie me da razón."));
    }

    [Fact]
    public async Task A_follow_up()
    {
        var talk = await AskingAsync();
        await talk.SayAsync("¿Cuántas asistencias se contaron?");
        await IsAsRecordedAsync("rephrase-question", () => talk.SayAsync("¿y <esas> cuántas & cuáles?"));
    }

    [Fact]
    public async Task A_question()
    {
        var talk = await AskingAsync();
        await IsAsRecordedAsync("answer-question", () => talk.SayAsync("¿Qué rompió el granizo de junio?"));
    }

    private async Task<Talk> FilingAsync()
    {
        shared.Model.Forget();
        var talk = await shared.BeginAsync();
        await talk.SayAsync("1");
        await talk.SayAsync("Acepto");
        return talk;
    }

    private async Task<Talk> AskingAsync()
    {
        shared.Model.Forget();
        var talk = await shared.BeginAsync();
        await talk.SayAsync("Preguntar sobre el proceso");
        return talk;
    }

    private async Task IsAsRecordedAsync(string name, Func<Task> say)
    {
        var before = shared.Model.Requests.Count;
        await say();
        var request = shared.Model.Requests.Skip(before).First();
        var file = Path.Combine(Repository.Tests, "Llm", "Requests", $"{name}.json");
        if (Environment.GetEnvironmentVariable("UPDATE_TRANSCRIPTS") == "1")
        {
            await File.WriteAllTextAsync(file, Stable(request).ToJsonString(Readable) + "\n", TestContext.Current.CancellationToken);
        }

        var recorded = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        JsonNode.DeepEquals(Stable(request), recorded).ShouldBeTrue($"{name} left the house as\n{Stable(request).ToJsonString(Readable)}");
    }

    // Marks and tokens are drawn by the system, so that nobody can foretell them.
    private static JsonObject Stable(ModelRequest request)
    {
        var headers = request.Headers.Where(header => !Passing.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), (JsonNode?)header.Value));
        return new JsonObject { ["headers"] = new JsonObject(headers), ["body"] = JsonNode.Parse(Token().Replace(Mark().Replace(request.Body, "MARK"), "TOKEN")) };
    }

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{24}(?![0-9a-f])")]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?<=\bs\d+-)[0-9a-f]{6}\b")]
    private static partial Regex Token();
}
