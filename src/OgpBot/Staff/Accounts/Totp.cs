using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OgpBot.Staff.Accounts;

/// <summary>
/// Codes of the second factor: six digits that change each 30 seconds (RFC 6238), from a key in base 32 (RFC 4648). Identity's own reads the system's clock and
/// does not tell which step a code was of, so it can't refuse a used one.
/// </summary>
internal static class Totp
{
    internal const int Digits = 6;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int KeyBytes = 20;
    private const int StepSeconds = 30;

    // A phone's clock may be a step off.
    private const int Drift = 1;

    /// <summary>A new key.</summary>
    internal static string NewKey(RandomNumberGenerator random)
    {
        var bytes = new byte[KeyBytes];
        random.GetBytes(bytes);
        var key = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var part in bytes)
        {
            (held, bits) = ((held << 8) | part, bits + 8);
            while (bits >= 5)
            {
                bits -= 5;
                key.Append(Alphabet[(held >> bits) & 31]);
            }

            held &= (1 << bits) - 1;
        }

        return key.ToString();
    }

    /// <summary>The step of which a code is; null where it is wrong.</summary>
    internal static long? StepOf(string code, string key, DateTimeOffset now)
    {
        var secret = Decode(key);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - Drift; step <= current + Drift; step++)
        {
            // All are compared, each in the same time.
            found = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeAt(secret, step)), Encoding.UTF8.GetBytes(code)) ? step : found;
        }

        return found;
    }

    /// <summary>What an app reads from the picture.</summary>
    internal static string Uri(string name, string key) => $"otpauth://totp/OgpBot:{System.Uri.EscapeDataString(name)}?secret={key}&issuer=OgpBot";

#pragma warning disable CA5350 // RFC 6238 and all apps have SHA-1 here; HMAC does not suffer from its collisions.
    private static string CodeAt(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        var hash = HMACSHA1.HashData(secret, counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
#pragma warning restore CA5350

    private static byte[] Decode(string key)
    {
        var bytes = new List<byte>();
        var (held, bits) = (0, 0);
        foreach (var letter in key)
        {
            (held, bits) = ((held << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(held >> bits));
            }

            held &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
