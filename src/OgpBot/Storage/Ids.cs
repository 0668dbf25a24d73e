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

    /// <summary>What all ids of a moment and after it follow, and no earlier one does.</summary>
    public static string FirstAt(DateTimeOffset moment)
    {
        Span<char> id = stackalloc char[TimeLength];
        CrockfordBase32.Write(moment.ToUnixTimeMilliseconds(), id);
        return new string(id).ToLowerInvariant();
    }

    public string Next()
    {
        Span<byte> chance = stackalloc byte[10];
        random.GetBytes(chance);
        Span<char> id = stackalloc char[Length];
        CrockfordBase32.Write(clock.GetUtcNow().ToUnixTimeMilliseconds(), id[..TimeLength]);
        CrockfordBase32.Write(chance, id[TimeLength..]);
        return new string(id).ToLowerInvariant();
    }
}
