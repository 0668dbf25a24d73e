using Microsoft.EntityFrameworkCore;
using OgpBot.Staff.Queue;
using OgpBot.Submissions;

namespace OgpBot.Tests.Staff.Queue;

/// <summary>What the queue shows and counts is what is there.</summary>
public sealed class QueueReaderTests
{
    private static readonly string?[] Axes = ["1", "2", "3", null];
    private static readonly string?[] Boroughs = ["tlalpan", "coyoacan", null];
    private static readonly string[] Scopes = ["borough", "city", "community"];
    private static readonly string[] Channels = ["web", "telegram"];
    private static readonly string?[] Checks = [null, """{"texts":{"problem":{"marks":[]}}}""", """{"texts":{"problem":{"marks":[{"criterion":"offence","outcome":"doubt"}]}}}"""];
    private static readonly string?[] People = [null, DeskQueue.Ana, DeskQueue.Luis];
    private static readonly ReviewState[] States = [ReviewState.Received, ReviewState.InReview, ReviewState.Selected];
    private static readonly string[] Problems = ["Falta agua en mi calle", "Los camiones contaminan", "El agua llega sucia a los camiones"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Each_count_is_the_number_of_rows_that_a_click_shows(int seed)
    {
        var random = new Random(seed);
        T Any<T>(T[] values) => values[random.Next(values.Length)];
        await using var desk = await DeskQueue.StartAsync();
        var filed = Enumerable.Range(0, 170).Select(_ => desk.Filed(Any(Problems), Any(Axes), Any(Boroughs), Any(Scopes), Any(Channels), Any(Checks), Any(People), Any(States))).ToList();
        await desk.WriteAsync(database => database.AddRange(filed));
        await desk.WriteAsync(database => database.AddRange(filed.Where(_ => random.Next(4) == 0).Select(submission => DeskQueue.Judged(submission, Any([DeskQueue.Ana, DeskQueue.Luis])))));
        desk.Host.Clock.Advance(TimeSpan.FromDays(2));
        await desk.WriteAsync(database => database.AddRange(Enumerable.Range(0, 30).Select(_ => desk.Filed(Any(Problems), Any(Axes)))));

        for (var round = 0; round < 6; round++)
        {
            await desk.WriteAsync(database => ChangeAsync(database, filed[random.Next(filed.Count)].Id, Any));
            await desk.IndexAsync();
            var choices = await desk.Reader.ChoicesAsync(TestContext.Current.CancellationToken);
            var filter = await desk.FilterAsync([.. RandomFields(random, choices)]);
            var page = await desk.ReadAsync(filter);
            (await desk.WalkAsync(filter)).Count.ShouldBe((int)page.Count, filter.ToQuery());
            foreach (var facet in page.Facets)
            {
                foreach (var value in choices.Of(facet.Field))
                {
                    var clicked = filter.With(facet.Field, value);
                    var rows = await desk.WalkAsync(clicked);
                    rows.Count.ShouldBe((int)facet.Values.FirstOrDefault(found => found.Value == value).Count, $"{filter.ToQuery()}, {facet.Field} {value}");
                    rows.ShouldBeUnique();
                }
            }
        }
    }

    [Fact]
    public async Task Rows_are_those_that_the_filter_says()
    {
        await using var desk = await DeskQueue.StartAsync();
        var (plain, doubted, mine, judged) = (desk.Filed(), desk.Filed(checks: Checks[2]), desk.Filed(axis: null, borough: null, assignedTo: DeskQueue.Ana), desk.Filed(state: ReviewState.InReview));
        await desk.WriteAsync(database => database.AddRange(plain, doubted, mine, judged));
        await desk.WriteAsync(database => database.Add(DeskQueue.Judged(judged, DeskQueue.Ana)));
        desk.Host.Clock.Advance(TimeSpan.FromDays(3));
        var fresh = desk.Filed();
        await desk.WriteAsync(database => database.Add(fresh));

        async Task ExpectAsync((string, string)[] fields, params Submission[] expected) =>
            (await desk.WalkAsync(await desk.FilterAsync(fields))).ShouldBe(expected.Select(submission => submission.Folio));

        await ExpectAsync([], plain, doubted, mine, judged, fresh);
        await ExpectAsync([("sort", "newest")], fresh, judged, mine, doubted, plain);
        await ExpectAsync([("doubt", "yes")], doubted);
        await ExpectAsync([("assigned", "me")], mine);
        await ExpectAsync([("assigned", "nobody")], plain, doubted, judged, fresh);
        await ExpectAsync([("assigned", "anyone")], mine);
        await ExpectAsync([("assigned", DeskQueue.Luis)]);
        await ExpectAsync([("axis", "none")], mine);
        await ExpectAsync([("state", "in_review")], judged);
        await ExpectAsync([("unjudged", "yes")], plain, doubted, mine, fresh);
        await ExpectAsync([("older", "2")], plain, doubted, mine, judged);
        await ExpectAsync([("older", "4")]);
        await ExpectAsync([("older", "2"), ("unjudged", "yes"), ("doubt", "no")], plain, mine);
    }

    [Fact]
    public async Task Pages_stay_as_they_were_while_people_write()
    {
        await using var desk = await DeskQueue.StartAsync();
        var filed = Enumerable.Range(0, 120).Select(_ => desk.Filed()).ToList();
        await desk.WriteAsync(database => database.AddRange(filed));
        var folios = filed.Select(submission => submission.Folio).ToList();

        var first = await desk.ReadAsync(await desk.FilterAsync(("sort", "newest")));
        await desk.WriteAsync(database => database.AddRange(Enumerable.Range(0, 60).Select(_ => desk.Filed())));
        var second = await desk.ReadAsync(first.Next!);
        var third = await desk.ReadAsync(second.Next!);
        var back = await desk.ReadAsync(third.Previous!);

        folios.Reverse();
        first.Previous.ShouldBeNull();
        first.Rows.Select(row => row.Folio).ShouldBe(folios.Take(50));
        second.Rows.Select(row => row.Folio).ShouldBe(folios.Skip(50).Take(50));
        third.Rows.Select(row => row.Folio).ShouldBe(folios.Skip(100));
        third.Next.ShouldBeNull();
        back.Rows.Select(row => row.Folio).ShouldBe(folios.Skip(50).Take(50));
    }

    [Fact]
    public async Task Neighbours_are_of_the_filter_also_after_the_row_left_it()
    {
        await using var desk = await DeskQueue.StartAsync();
        var filed = Enumerable.Range(0, 5).Select(at => desk.Filed(axis: at == 2 ? "1" : "2")).ToList();
        await desk.WriteAsync(database => database.AddRange(filed));
        var filter = await desk.FilterAsync(("axis", "2"));

        (await desk.Reader.NeighboursAsync(filter, filed[1].Folio, TestContext.Current.CancellationToken)).ShouldBe((filed[0].Folio, filed[3].Folio));
        (await desk.Reader.NeighboursAsync(filter, filed[2].Folio, TestContext.Current.CancellationToken)).ShouldBe((filed[1].Folio, filed[3].Folio));
        (await desk.Reader.NeighboursAsync(filter, filed[0].Folio, TestContext.Current.CancellationToken)).ShouldBe((null, filed[1].Folio));
        (await desk.Reader.NeighboursAsync(filter.With("sort", "newest"), filed[0].Folio, TestContext.Current.CancellationToken)).ShouldBe((filed[1].Folio, null));
        (await desk.Reader.NeighboursAsync(filter, "PAGA-none", TestContext.Current.CancellationToken)).ShouldBe((null, null));
    }

    private static async Task ChangeAsync(DbContext database, string id, Func<string?[], string?> any)
    {
        var (axis, person, checks) = (any(Axes), any(People), any(Checks));
        await database.Set<Submission>().Where(submission => submission.Id == id).ExecuteUpdateAsync(set => set
            .SetProperty(submission => submission.Axis, axis)
            .SetProperty(submission => submission.AssignedTo, person)
            .SetProperty(submission => submission.Checks, checks)
            .SetProperty(submission => submission.ReviewState, submission => submission.ReviewState == ReviewState.Received ? ReviewState.InReview : submission.ReviewState));
        var other = any(Axes);
        await database.Set<Submission>().Where(submission => submission.Axis == other && submission.Channel == "telegram").ExecuteUpdateAsync(set => set
            .SetProperty(submission => submission.ReviewState, ReviewState.Selected).SetProperty(submission => submission.Borough, "iztacalco"));
    }

    private static IEnumerable<(string, string)> RandomFields(Random random, QueueChoices choices)
    {
        string[] fields = ["axis", "borough", "scope", "state", "channel", "doubt", "assigned"];
        foreach (var field in random.GetItems(fields, random.Next(3)).Distinct())
        {
            yield return (field, random.GetItems([.. choices.Of(field)], 1)[0]);
        }

        if (random.Next(2) == 0)
        {
            yield return ("unjudged", "yes");
        }

        if (random.Next(2) == 0)
        {
            yield return ("older", "1");
        }

        if (random.Next(3) == 0)
        {
            yield return ("q", "aguas");
        }

        if (random.Next(2) == 0)
        {
            yield return ("sort", "newest");
        }
    }
}
