namespace OgpBot.Criteria.Statements;

/// <summary>A set of tags, as bits.</summary>
internal readonly struct Tags(ulong[] bits)
{
    private readonly ulong[] bits = bits;

    internal void Add(int tag) => bits[tag >> 6] |= 1UL << (tag & 63);

    internal void Add(Tags other)
    {
        for (var at = 0; other.bits is not null && at < bits.Length; at++)
        {
            bits[at] |= other.bits[at];
        }
    }

    internal bool Has(int tag) => bits is not null && (bits[tag >> 6] & (1UL << (tag & 63))) != 0;

    /// <summary>Tells sets with the same tags as one.</summary>
    internal static IEqualityComparer<Tags> SameTags { get; } = EqualityComparer<Tags>.Create(
        (one, other) => one.bits.AsSpan().SequenceEqual(other.bits), tags => tags.bits.Aggregate(0, HashCode.Combine));

    internal bool HasAny(int[] tags)
    {
        if (bits is null)
        {
            return false;
        }

        foreach (var tag in tags)
        {
            if ((bits[tag >> 6] & (1UL << (tag & 63))) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
