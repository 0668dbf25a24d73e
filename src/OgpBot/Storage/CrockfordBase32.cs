namespace OgpBot.Storage;

/// <summary>Crockford's base 32: five bits a digit, without the letters that are mistaken for others. See https://www.crockford.com/base32.html.</summary>
public static class CrockfordBase32
{
    public const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const int BitsPerDigit = 5;

    /// <summary>Fills the digits with a number, the last digit being its ones. What does not fit is left out.</summary>
    public static void Write(long number, Span<char> digits)
    {
        for (var at = digits.Length - 1; at >= 0; at--)
        {
            digits[at] = Digits[(int)(number & 31)];
            number >>= BitsPerDigit;
        }
    }

    /// <summary>Fills the digits with the bits of the bytes, in their order. What does not fit is left out.</summary>
    public static void Write(ReadOnlySpan<byte> bytes, Span<char> digits)
    {
        var (bits, held, next) = (0, 0, 0);
        foreach (ref var digit in digits)
        {
            if (held < BitsPerDigit)
            {
                bits = (bits << 8) | bytes[next++];
                held += 8;
            }

            held -= BitsPerDigit;
            digit = Digits[(bits >> held) & 31];
        }
    }

    /// <summary>The letters and digits of what a person typed, in capitals. As Crockford reads them, O is 0, and I and L are 1.</summary>
    public static string Plain(string typed) => new([.. typed.Where(char.IsLetterOrDigit).Select(letter => char.ToUpperInvariant(letter) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    })]);
}
