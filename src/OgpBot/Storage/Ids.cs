using System.Security.Cryptography;

namespace OgpBot.Storage;

/// <summary>
/// New ids: ULIDs (https://github.com/ulid/spec), 48 bits of time and 80 of chance in 26 characters. They sort by time, so new rows lie
/// side by side in an index however large it grows.
/// </summary>
public sealed class Ids(TimeProvider clock, RandomNumberGenerator random)
{
    public const int Length = 26;

    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    public string Next()
    {
        Span<byte> chance = stackalloc byte[10];
        random.GetBytes(chance);
        Span<char> id = stackalloc char[Length];
        var time = clock.GetUtcNow().ToUnixTimeMilliseconds();
        for (var at = 9; at >= 0; at--)
        {
            id[at] = Digits[(int)(time & 31)];
            time >>= 5;
        }

        var (bits, held, next) = (0, 0, 0);
        for (var at = 10; at < Length; at++)
        {
            if (held < 5)
            {
                bits = (bits << 8) | chance[next++];
                held += 8;
            }

            held -= 5;
            id[at] = Digits[(bits >> held) & 31];
        }

        return new string(id);
    }
}
