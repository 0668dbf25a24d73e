using OgpBot.Llm;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>
/// The golden conversations again, with a language model that has nothing to add, one that lies and breaks all rules, and one that never answers. Those in
/// which it is asked most are always played, all of them with the slow tests.
/// </summary>
[Trait("speed", "slow")]
public sealed class GoldenWithModelTests
{
    private const string OfItsOwn = "\n@ model ";

    private static readonly string[] Always = ["criteria-rewritten", "question-answered", "submission-full"];

    public static TheoryData<string> Names =>
    [
        .. Directory.GetFiles(Path.Combine(Repository.Tests, "Transcripts"), "*.txt")
            .Where(file => !$"\n{File.ReadAllText(file)}".Contains(OfItsOwn, StringComparison.Ordinal))
            .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_a_model_that_has_nothing_to_add_it_goes_as_without(string name)
    {
        await using var model = await ScriptedModel.StartAsync();

        await PlayAsync(name, model);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_a_hostile_model_it_goes_as_without(string name)
    {
        await using var model = await ScriptedModel.StartAsync();
        var asked = 0;
        model.Behaviour = (http, request, cancellationToken) =>
            HostileReplies.All[asked++ % HostileReplies.All.Count].ReplyAsync(http, request, cancellationToken);

        await PlayAsync(name, model, LanguageModel.Limit);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task With_a_model_that_never_answers_it_goes_as_without(string name)
    {
        await using var model = await ScriptedModel.StartAsync();
        model.Behaviour = (_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        await PlayAsync(name, model, LanguageModel.Limit);
    }

    private static async Task PlayAsync(string name, ScriptedModel model, TimeSpan? limit = null)
    {
        if (!Always.Contains(name))
        {
            TestRun.SkipUnlessAll();
        }

        var written = await File.ReadAllTextAsync(Path.Combine(Repository.Tests, "Transcripts", $"{name}.txt"), TestContext.Current.CancellationToken);

        (await new GoldenConversation(written, model: model, limit: limit).PlayAsync()).ShouldBe(written);
    }
}
