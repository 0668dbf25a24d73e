using System.Runtime.CompilerServices;

namespace OgpBot.Criteria.Statements.Words;

/// <summary>A set of tags, as bits. Two are equal where they are one and the same.</summary>
internal readonly struct Tags(ulong[] bits) : IEquatable<Tags>
{
    private readonly ulong[] bits = bits;

    public bool Equals(Tags other) => ReferenceEquals(bits, other.bits);

    public override bool Equals(object? obj) => obj is Tags other && Equals(other);

    public override int GetHashCode() => bits is null ? 0 : RuntimeHelpers.GetHashCode(bits);

    internal void Add(int tag) => bits[tag >> 6] |= 1UL << (tag & 63);

    internal void Add(Tags other)
    {
        for (var at = 0; other.bits is not null && at < bits.Length; at++)
        {
            bits[at] |= other.bits[at];
        }
    }

    internal bool Has(int tag) => bits is not null && (bits[tag >> 6] & (1UL << (tag & 63))) != 0;

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
