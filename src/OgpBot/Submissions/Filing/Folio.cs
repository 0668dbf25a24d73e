using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OgpBot.Storage;

namespace OgpBot.Submissions.Filing;

/// <summary>
/// The number a citizen keeps: <c>PAGA-XXXX-XXXX-C</c>, eight random characters of Crockford's base 32 and their check, the value modulo 37
/// (https://www.crockford.com/base32.html). Where the check would be one of its five extra signs, the eight are drawn again.
/// </summary>
public static partial class Folio
{
    private const string Digits = CrockfordBase32.Digits;
    private const int Length = 8;
    private const int MostTooMany = 4;
    private const int MostBetween = 5;

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
        var letters = CrockfordBase32.Plain(typed);
        var plainPrefix = CrockfordBase32.Plain(prefix);
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

    /// <summary>
    /// The folios in what a person wrote, wherever they stand: in a sentence, in bold, in a link. Within other words a folio is known by its prefix and a digit, or
    /// by its hyphens; otherwise small words and numbers would be read as one («se paga casi todo y…», «de 2020 2023 a…»).
    /// </summary>
    public static IReadOnlyList<string> Find(string text, string prefix)
    {
        var found = new List<string>();
        if (Read(text, prefix) is { } alone)
        {
            found.Add(alone);
        }

        found.AddRange(Candidates(text, prefix).Select(written => Read(written, prefix)).OfType<string>());
        return [.. found.Distinct()];
    }

    private static IEnumerable<string> Candidates(string text, string prefix)
    {
        var clean = Invisible().Replace(text, "");
        for (var match = Written().Match(clean); match.Success; match = Written().Match(clean, match.Index + 1))
        {
            if (IsFolio(clean, match, prefix))
            {
                yield return match.Value;
            }
        }
    }

    private static bool IsFolio(string text, Match match, string prefix)
    {
        var before = text[Math.Max(0, match.Index - prefix.Length - MostBetween)..match.Index];
        var isPrefixed = CrockfordBase32.Plain(before).EndsWith(CrockfordBase32.Plain(prefix), StringComparison.Ordinal);
        var hasHyphens = match.Groups["between"].Captures.All(between => between.Value.Any(sign => char.GetUnicodeCategory(sign) == UnicodeCategory.DashPunctuation));
        var hasDigit = match.Value.Any(char.IsAsciiDigit);
        var isOnePiece = hasDigit && match.Length == Length + 1 && match.Value.Any(char.IsAsciiLetter);
        return (isPrefixed || before.Length == 0 || !char.IsLetterOrDigit(before[^1])) && (hasHyphens || (isPrefixed ? hasDigit : isOnePiece));
    }

    /// <summary>Whether a text holds a folio, be it mistyped.</summary>
    public static bool IsIn(string text, string prefix)
    {
        var letters = CrockfordBase32.Plain(text);
        var plainPrefix = CrockfordBase32.Plain(prefix);
        return Find(text, prefix).Count > 0 || (letters.Contains(plainPrefix, StringComparison.Ordinal) && Candidates(text, prefix).Any(written => written.Contains('-')))
            || (letters.StartsWith(plainPrefix, StringComparison.Ordinal) && IsMistyped(text, prefix));
    }

    /// <summary>Whether nothing else was written than a folio with some letters wrong, too many or too few.</summary>
    public static bool IsMistyped(string text, string prefix)
    {
        var letters = CrockfordBase32.Plain(text);
        var plainPrefix = CrockfordBase32.Plain(prefix);
        var hasPrefix = letters.StartsWith(plainPrefix, StringComparison.Ordinal);
        var length = hasPrefix ? letters.Length - plainPrefix.Length : letters.Length;
        return text.Any(char.IsAsciiDigit) && length <= Length + MostTooMany && (hasPrefix || length >= Length - MostTooMany)
            && text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is var words && (words.Length == 1 || words.All(word => word.Length <= plainPrefix.Length || word.Any(char.IsAsciiDigit)));
    }

    private static string Write(string prefix, long value)
    {
        Span<char> letters = stackalloc char[Length];
        CrockfordBase32.Write(value, letters);
        return $"{prefix}-{letters[..4]}-{letters[4..]}-{Digits[(int)(value % 37)]}";
    }

    // Groups of four, four and one, with blanks, hyphens or signs of emphasis between, or in one piece.
    [GeneratedRegex(@"[0-9A-Za-z]{4}(?<between>[^\p{L}\p{N}]{0,5})[0-9A-Za-z]{4}(?<between>[^\p{L}\p{N}]{0,5})[0-9A-Za-z](?![\p{L}\p{N}])")]
    private static partial Regex Written();

    // Soft hyphens, zero-width blanks and the like, which come along when a text is copied.
    [GeneratedRegex(@"\p{Cf}")]
    private static partial Regex Invisible();
}
