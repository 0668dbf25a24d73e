namespace OgpBot.Staff.Queue;

/// <summary>Counts facets in one pass over combinations of dimensions. A combination counts for a facet where it fits the filter in all other dimensions.</summary>
internal sealed class FacetCounter(QueueFilter filter)
{
    private readonly string?[] wanted = [.. QueueDimension.All.Select(dimension => dimension.Wanted(filter))];
    private readonly Dictionary<string, long>[] counts = [.. QueueDimension.All.Select(_ => new Dictionary<string, long>())];

    /// <summary>How many fit the filter.</summary>
    internal long Total { get; private set; }

    /// <summary>How many there would be with each value of each dimension.</summary>
    internal IEnumerable<QueueFacet> Facets => QueueDimension.All.Zip(counts, (dimension, found) => new QueueFacet(
        dimension.Field,
        [.. found.Where(count => count.Value > 0).OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => (dimension.ValueOf(count.Key), count.Value))]));

    /// <summary>Takes so many of a combination; fewer than none takes them away.</summary>
    internal void Add(CountedCell cell)
    {
        var (misses, missed) = (0, 0);
        for (var at = 0; at < wanted.Length && misses < 2; at++)
        {
            if (!QueueDimension.Fits(cell.Values[at], wanted[at]))
            {
                (misses, missed) = (misses + 1, at);
            }
        }

        if (misses == 1)
        {
            Count(missed, cell);
        }
        else if (misses == 0)
        {
            Total += cell.Number;
            for (var at = 0; at < wanted.Length; at++)
            {
                Count(at, cell);
            }
        }
    }

    private void Count(int at, CountedCell cell) => counts[at][cell.Values[at]] = counts[at].GetValueOrDefault(cell.Values[at]) + cell.Number;
}

/// <summary>How many submissions have the same value in all dimensions.</summary>
/// <param name="Values">In the order of <see cref="QueueDimension.All"/>, as the table of counts has them.</param>
internal sealed record CountedCell(string[] Values, long Number);

/// <summary>The table of counts as it was read last. Its version grows with each change, so what is read again is only what changed.</summary>
internal sealed class CountedCells
{
    private (long Version, IReadOnlyList<CountedCell> Cells) known = (-1, []);

    /// <summary>The cells of a version; null: another one is known.</summary>
    internal IReadOnlyList<CountedCell>? Of(long version) => known is var (at, cells) && at == version ? cells : null;

    internal void Keep(long version, IReadOnlyList<CountedCell> cells) => known = (version, cells);
}
