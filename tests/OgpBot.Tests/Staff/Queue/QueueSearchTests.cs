using Microsoft.EntityFrameworkCore;
using OgpBot.Staff.Queue;
using OgpBot.Submissions;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff.Queue;

/// <summary>Words find submissions however they are inflected and whatever their accents.</summary>
public sealed class QueueSearchTests
{
    [Theory]
    [InlineData("contaminación")]
    [InlineData("CONTAMINACION")]
    [InlineData("contaminado")]
    [InlineData("camiones de la contaminación")]
    public async Task A_search_folds_accents_and_inflections(string words)
    {
        await using var desk = await DeskQueue.StartAsync();
        var (found, other) = (desk.Filed("Los camiones contaminan el aire."), desk.Filed("Falta luz en el parque."));
        await desk.WriteAsync(database => database.AddRange(found, other));
        await desk.IndexAsync();

        (await desk.WalkAsync(await desk.FilterAsync(("q", words)))).ShouldBe([found.Folio]);
    }

    [Fact]
    public async Task A_place_and_a_corrected_text_are_found_and_the_text_before_is_not()
    {
        await using var desk = await DeskQueue.StartAsync();
        var filed = desk.Filed("Hay baches.", place: "calle Pino");
        await desk.WriteAsync(database => database.Add(filed));
        await desk.IndexAsync();
        (await desk.WalkAsync(await desk.FilterAsync(("q", "pino baches")))).ShouldBe([filed.Folio]);

        await desk.WriteAsync(database => database.Set<Submission>().ExecuteUpdateAsync(set => set.SetProperty(submission => submission.Problem, "Faltan banquetas.")));
        await desk.IndexAsync();

        (await desk.WalkAsync(await desk.FilterAsync(("q", "banqueta")))).ShouldBe([filed.Folio]);
        (await desk.WalkAsync(await desk.FilterAsync(("q", "baches")))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_submission_is_found_a_moment_after_it_was_kept()
    {
        await using var desk = await DeskQueue.StartAsync();
        await desk.WriteAsync(database => database.Add(desk.Filed("Hay fugas de agua.")));

        var filter = await desk.FilterAsync(("q", "fuga"));
        var listened = desk.Host.Clock.WhenWaitedFor(SubmissionIndexer.Every);
        await listened.Soon();
        listened = desk.Host.Clock.WhenWaitedFor(SubmissionIndexer.Every);
        await listened.Soon();

        (await desk.Reader.CountAsync(filter, TestContext.Current.CancellationToken)).ShouldBe(1);
        SubmissionIndexer.Every.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Words_that_carry_nothing_are_told_and_not_searched_for()
    {
        await using var desk = await DeskQueue.StartAsync();
        var problems = new List<(string, string)>();
        var choices = await desk.Reader.ChoicesAsync(TestContext.Current.CancellationToken);

        var filter = QueueFilter.Read([new("q", "de la"), new("axis", "9"), new("older", "-1"), new("after", "%"), new("page", "3")], DeskQueue.Ana, choices, problems);

        problems.ShouldBe([("q", "de la"), ("axis", "9"), ("older", "-1"), ("after", "%")]);
        filter.ToQuery().ShouldBe("");
    }

    [Fact]
    public async Task A_filter_is_written_as_it_was_read()
    {
        await using var desk = await DeskQueue.StartAsync();

        var filter = await desk.FilterAsync(("sort", "newest"), ("q", "agua & más"), ("axis", "none"), ("assigned", "me"), ("after", "01abc"));

        filter.ToQuery().ShouldBe("?axis=none&assigned=me&q=agua%20%26%20m%C3%A1s&sort=newest&after=01abc");
        filter.With("axis", "1").ToQuery().ShouldBe("?axis=1&assigned=me&q=agua%20%26%20m%C3%A1s&sort=newest");
    }
}
