namespace OgpBot.Criteria.Statements;

/// <summary>A set of tags, as bits.</summary>
internal readonly struct Tags(ulong[] bits)
{
    private readonly ulong[] bits = bits;

    internal bool IsNone => bits is null;

    internal void Add(int tag) => bits[tag >> 6] |= 1UL << (tag & 63);

    internal void Add(Tags other)
    {
        for (var at = 0; other.bits is not null && at < bits.Length; at++)
        {
            bits[at] |= other.bits[at];
        }
    }

    internal bool Meets(Tags other)
    {
        if (bits is null || other.bits is null)
        {
            return false;
        }

        for (var at = 0; at < bits.Length; at++)
        {
            if ((bits[at] & other.bits[at]) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
