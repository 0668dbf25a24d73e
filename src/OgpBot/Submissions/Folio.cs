using System.Security.Cryptography;
using OgpBot.Storage;

namespace OgpBot.Submissions;

/// <summary>
/// The number a citizen keeps: <c>PAGA-XXXX-XXXX-C</c>, eight random characters of Crockford's base 32 and their check, the value modulo 37
/// (https://www.crockford.com/base32.html). Where the check would be one of its five extra signs, the eight are drawn again.
/// </summary>
public static class Folio
{
    private const string Digits = ReceiptKey.Digits;
    private const int Length = 8;

    public static string Create(string prefix, RandomNumberGenerator random)
    {
        Span<byte> drawn = stackalloc byte[Length];
        while (true)
        {
            random.GetBytes(drawn);
            var value = 0L;
            foreach (var part in drawn)
            {
                value = (value << 5) | (uint)(part & 31);
            }

            if (value % 37 < Digits.Length)
            {
                return Write(prefix, value);
            }
        }
    }

    /// <summary>
    /// Reads what a person typed, whatever its case, blanks and hyphens, with O for 0, I and L for 1; the prefix may be left out.
    /// </summary>
    /// <returns>The folio as we write it, or null where it is mistyped.</returns>
    public static string? Read(string typed, string prefix)
    {
        var letters = ReceiptKey.Plain(typed);
        var plainPrefix = ReceiptKey.Plain(prefix);
        if (letters.Length == plainPrefix.Length + Length + 1 && letters.StartsWith(plainPrefix, StringComparison.Ordinal))
        {
            letters = letters[plainPrefix.Length..];
        }

        if (letters.Length != Length + 1 || letters.Any(letter => !Digits.Contains(letter, StringComparison.Ordinal)))
        {
            return null;
        }

        var value = letters[..Length].Aggregate(0L, (sum, letter) => (sum << 5) | (uint)Digits.IndexOf(letter, StringComparison.Ordinal));
        return value % 37 == Digits.IndexOf(letters[^1], StringComparison.Ordinal) ? Write(prefix, value) : null;
    }

    private static string Write(string prefix, long value)
    {
        Span<char> letters = stackalloc char[Length];
        for (var at = 0; at < Length; at++)
        {
            letters[at] = Digits[(int)(value >> (5 * (Length - 1 - at))) & 31];
        }

        return $"{prefix}-{letters[..4]}-{letters[4..]}-{Digits[(int)(value % 37)]}";
    }
}
