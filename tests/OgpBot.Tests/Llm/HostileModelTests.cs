using Microsoft.AspNetCore.Http;
using OgpBot.Archive.Answers;
using OgpBot.Llm;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>Whatever a model replies, the citizen gets what she would have got without it, within the limit.</summary>
public sealed class HostileModelTests(ModelHost shared) : IClassFixture<ModelHost>
{
    // No fact fits it well, so the model is asked for words of its own.
    private const string Question = "¿Qué rompió el granizo de junio?";
    private const string Problem = "En la colonia Roble no hay luz en la calle desde hace meses y los vecinos tropiezan.";

    public static TheoryData<string> Names => [.. HostileReplies.All.Select(reply => reply.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_question_is_answered_as_without_a_model(string name)
    {
        Play(name);
        var talk = await shared.BeginAsync();
        await talk.SayAsync("Preguntar sobre el proceso");
        var asked = shared.Model.Requests.Count;

        var said = await talk.SayAsync(Question);

        (shared.Model.Requests.Count > asked || NeverEnds(name)).ShouldBeTrue("the model was asked");
        said[0].ShouldBe(shared.Host.Get<AnswerPipeline>().Answer(Question, "es").Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_follow_up_is_answered_as_without_a_model(string name)
    {
        shared.Model.Forget();
        var talk = await shared.BeginAsync();
        await talk.SayAsync("Preguntar sobre el proceso");
        await talk.SayAsync("¿Cuántas asistencias se contaron?");
        Play(name);

        (await talk.SayAsync("¿y en la lista?"))[0].ShouldBe(
            shared.Host.Get<AnswerPipeline>().Answer("¿Cuántas asistencias se contaron? ¿y en la lista?", "es").Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_text_is_checked_as_without_a_model(string name)
    {
        Play(name);
        var talk = await shared.BeginAsync();
        await talk.SayAsync("1");
        await talk.SayAsync("Acepto");
        var asked = shared.Model.Requests.Count;

        var said = await talk.SayAsync(Problem);

        (shared.Model.Requests.Count > asked || NeverEnds(name)).ShouldBeTrue("the model was asked");
        said.ShouldHaveSingleItem().ShouldStartWith("Paso 3 de 9");
    }

    [Fact]
    public async Task A_failing_model_is_left_alone_and_asked_again_later()
    {
        Play("HTTP 500");
        var talk = await shared.BeginAsync();
        await talk.SayAsync("Preguntar sobre el proceso");
        for (var time = 0; time < 5; time++)
        {
            await talk.SayAsync(Question);
        }

        var asked = shared.Model.Requests.Count;
        await talk.SayAsync(Question);
        shared.Model.Requests.Count.ShouldBe(asked);

        shared.Model.Forget();
        shared.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await talk.SayAsync(Question);
        shared.Model.Requests.Count.ShouldBeGreaterThan(asked);
    }

    [Fact]
    public async Task What_may_pass_is_tried_once_more()
    {
        var tries = 0;
        shared.Host.Clock.Hurried = null;
        shared.Model.Behaviour = (http, request, cancellationToken) => tries++ == 0
            ? HostileReplies.All.Single(reply => reply.Name == "a reset in mid-stream").ReplyAsync(http, request, cancellationToken)
            : ScriptedModel.StreamAsync(http, AnswersWithModelTests.Answer(request, "El granizo de junio rompió cuarenta faroles.", "granizo"), cancellationToken);
        var talk = await shared.BeginAsync();
        await talk.SayAsync("Preguntar sobre el proceso");

        (await talk.SayAsync(Question))[0].ShouldStartWith("El granizo de junio rompió cuarenta faroles.\n«");
        tries.ShouldBe(2);
    }

    [Theory]
    [InlineData(400, null, 1)]
    [InlineData(401, null, 1)]
    [InlineData(500, null, 2)]
    [InlineData(503, "1", 2)]
    [InlineData(429, null, 2)]
    [InlineData(429, "5", 1)]
    public async Task A_refusal_is_tried_as_often_as_we_say_and_told_without_its_words(int status, string? retryAfter, int tries)
    {
        shared.Host.Clock.Hurried = null;
        shared.Model.Behaviour = (http, _, cancellationToken) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.RetryAfter = retryAfter;
            return http.Response.WriteAsync($$$"""{"error":{"message":"canario {{{Question}}}","code":"canario"}}""", cancellationToken);
        };
        var talk = await shared.BeginAsync();
        await talk.SayAsync("Preguntar sobre el proceso");
        var (asked, logged) = (shared.Model.Requests.Count, shared.Log.All.Count);

        await talk.SayAsync(Question);

        (shared.Model.Requests.Count - asked).ShouldBe(tries);
        shared.Log.All.Skip(logged).ShouldContain(line => line.Contains($"HTTP {status}", StringComparison.Ordinal));
        shared.Log.All.ShouldAllBe(line => !line.Contains("canario", StringComparison.Ordinal) && !line.Contains("granizo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_of_a_reply_or_of_a_text_is_logged()
    {
        Play("a false citation token");
        var talk = await shared.BeginAsync();
        await talk.SayAsync("Preguntar sobre el proceso");
        await talk.SayAsync(Question);

        shared.Log.All.ShouldContain(line => line.Contains("breaks the rule `token`", StringComparison.Ordinal));
        shared.Log.All.ShouldAllBe(line => !line.Contains("Gaceta", StringComparison.Ordinal) && !line.Contains("granizo", StringComparison.Ordinal)
            && !line.Contains(ScriptedModel.Key, StringComparison.Ordinal));
    }

    private static bool NeverEnds(string name) => name.StartsWith("hanging", StringComparison.Ordinal);

    // What never ends is waited for as long as may be; that time passes at once.
    private void Play(string name)
    {
        shared.Host.Clock.Hurried = NeverEnds(name) ? LanguageModel.Limit : null;
        shared.Model.Behaviour = HostileReplies.All.Single(reply => reply.Name == name).ReplyAsync;
    }
}
