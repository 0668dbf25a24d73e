using System.Security.Cryptography;

namespace OgpBot.Storage;

/// <summary>
/// New ids: ULIDs (https://github.com/ulid/spec) in small letters. They hold 48 bits of time, in milliseconds, and 80 of chance. They sort by time, so new
/// rows lie side by side in an index however large it grows.
/// </summary>
public sealed class Ids(TimeProvider clock, RandomNumberGenerator random)
{
    /// <summary>Characters of an id.</summary>
    public const int Length = 26;

    private const int TimeLength = 10;
    private const int ChanceLength = 10;

    // The highest bit stays free for what is added.
    private static readonly UInt128 MostChance = (UInt128.One << 79) - 1;

    private long lastMoment;
    private UInt128 lastChance;

    /// <summary>What all ids of a moment and after it follow, and no earlier one does.</summary>
    public static string FirstAt(DateTimeOffset moment)
    {
        Span<char> id = stackalloc char[TimeLength];
        CrockfordBase32.Write(moment.ToUnixTimeMilliseconds(), id);
        return new string(id).ToLowerInvariant();
    }

    public string Next()
    {
        Span<byte> chance = stackalloc byte[ChanceLength];
        random.GetBytes(chance);
        var moment = Follow(chance);
        Span<char> id = stackalloc char[Length];
        CrockfordBase32.Write(moment, id[..TimeLength]);
        CrockfordBase32.Write(chance, id[TimeLength..]);
        return new string(id).ToLowerInvariant();
    }

    // Two ids of one millisecond sort in the order in which they were made: the second goes on from the first by a step of chance.
    private long Follow(Span<byte> chance)
    {
        lock (random)
        {
            var moment = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), lastMoment);
            var drawn = BigEndian(chance) & MostChance;
            lastChance = moment == lastMoment ? lastChance + 1 + (uint)drawn : drawn;
            lastMoment = moment;
            for (var at = 0; at < ChanceLength; at++)
            {
                chance[at] = (byte)(lastChance >> (8 * (ChanceLength - 1 - at)));
            }

            return moment;
        }
    }

    private static UInt128 BigEndian(ReadOnlySpan<byte> bytes)
    {
        UInt128 value = 0;
        foreach (var part in bytes)
        {
            value = (value << 8) | part;
        }

        return value;
    }
}
