using OgpBot.Llm;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Llm;

/// <summary>
/// The golden conversations again, with a language model that has nothing to add; those in which it is asked from different places also with one that lies and breaks
/// all rules, and with one that never answers. What a reply may do is tested where it is read (<see cref="HostileModelTests"/>).
/// </summary>
public sealed class GoldenWithModelTests
{
    private const string OfItsOwn = "\n@ model ";

    private static readonly string[] AskedFromElsewhere =
    [
        "criteria-appealed", "criteria-english", "criteria-likeness", "criteria-offence", "criteria-personal-data", "criteria-rewritten", "digression-question", "doubt-then-back",
        "free-text-at-the-menu", "mine-corrected", "question-answered", "question-english", "submission-full", "wrong-door",
    ];

    public static TheoryData<string> Asked => [.. AskedFromElsewhere];

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
    [MemberData(nameof(Asked))]
    public async Task With_a_hostile_model_it_goes_as_without(string name)
    {
        await using var model = await ScriptedModel.StartAsync();
        var asked = 0;
        model.Behaviour = (http, request, cancellationToken) =>
            HostileReplies.All[asked++ % HostileReplies.All.Count].ReplyAsync(http, request, cancellationToken);

        await PlayAsync(name, model, LanguageModel.Limit);
    }

    [Theory]
    [MemberData(nameof(Asked))]
    public async Task With_a_model_that_never_answers_it_goes_as_without(string name)
    {
        await using var model = await ScriptedModel.StartAsync();
        model.Behaviour = (_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);

        await PlayAsync(name, model, LanguageModel.Limit);
    }

    private static async Task PlayAsync(string name, ScriptedModel model, TimeSpan? limit = null)
    {
        var written = await File.ReadAllTextAsync(Path.Combine(Repository.Tests, "Transcripts", $"{name}.txt"), TestContext.Current.CancellationToken);

        (await new GoldenConversation(written, model: model, limit: limit).PlayAsync()).ShouldBe(written);
    }
}
