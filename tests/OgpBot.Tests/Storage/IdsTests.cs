using OgpBot.Storage;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Storage;

/// <summary>Ids sort in the order in which they were made, also within a millisecond and when the clock is set back.</summary>
public sealed class IdsTests
{
    [Fact]
    public void They_sort_as_they_were_made()
    {
        var clock = new TestClock();
        var ids = new Ids(clock, new SeededRandom(1));

        var made = Enumerable.Range(0, 2_000).Select(at =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(at % 500 == 0 ? 1 : 0));
            return ids.Next();
        }).ToList();

        made.Order(StringComparer.Ordinal).ShouldBe(made);
        made.Distinct().Count().ShouldBe(made.Count);
        made.ShouldAllBe(id => id.Length == Ids.Length);
    }
}
