using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace OgpBot.Storage;

/// <summary>
/// The private key of a receipt: 80 bits of an HMAC-SHA256 of the folio, in four groups of four characters of Crockford's base 32. It is stored nowhere: a
/// stored message holds <see cref="Place"/>, and the key is put there each time when the message leaves for a channel. Who reads the
/// database, or a copy of it, can open no submission without the key file beside it.
/// </summary>
public sealed partial class ReceiptKey(KeyFile secret)
{
    /// <summary>The letters and digits of Crockford's base 32 (https://www.crockford.com/base32.html).</summary>
    public const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>Where the key goes in a stored text: a character for private use, which is taken out of all that comes in.</summary>
    public const char Place = '\uE000';

    /// <summary>The name of the fact that tells whose key it is.</summary>
    public const string FolioFact = "folio";

    private const int Length = 16;
    private const int GroupLength = 4;
    private const int BitsPerDigit = 5;

    // As JSON writes the character.
    private const string EscapedPlace = "\\uE000";

    /// <summary><c>XXXX-XXXX-XXXX-XXXX</c>.</summary>
    public string Of(string folio)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.Read(), Encoding.UTF8.GetBytes(folio), hash);
        var (bits, held, next) = (0, 0, 0);
        var key = new StringBuilder();
        for (var at = 0; at < Length; at++)
        {
            if (held < BitsPerDigit)
            {
                bits = (bits << 8) | hash[next++];
                held += 8;
            }

            held -= BitsPerDigit;
            key.Append(at > 0 && at % GroupLength == 0 ? "-" : "").Append(Digits[(bits >> held) & 31]);
        }

        return key.ToString();
    }

    /// <summary>Whether a person typed the key of the folio, whatever the case, blanks and hyphens, with O for 0, I and L for 1. It takes the same time for all.</summary>
    public bool Opens(string folio, string typed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Plain(Of(folio))), Encoding.UTF8.GetBytes(Plain(typed)));

    /// <summary>A stored message as it leaves: with the key of the folio among its facts, or without it where there is none.</summary>
    public (string? Text, string? Extra) Fill(string? text, string? extra)
    {
        var isInExtra = extra?.Contains(EscapedPlace, StringComparison.OrdinalIgnoreCase) is true;
        if (!isInExtra && text?.Contains(Place) is not true)
        {
            return (text, extra);
        }

        var key = FolioOf(extra) is { } folio ? Of(folio) : "";
        return (text?.Replace(Place.ToString(), key, StringComparison.Ordinal), extra?.Replace(EscapedPlace, key, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Letters and digits as Crockford reads them.</summary>
    public static string Plain(string typed) => new([.. typed.Where(char.IsLetterOrDigit).Select(letter => char.ToUpperInvariant(letter) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    })]);

    /// <summary>What has the form of a key in a text, or null. It has no check, so it must hold a digit, which hardly any lacks and words of four letters do.</summary>
    public static string? Find(string text) => Written().Matches(text).Select(match => match.Value).FirstOrDefault(key => key.Any(char.IsAsciiDigit));

    // Four groups of four, with blanks, hyphens or signs of emphasis between, or in one piece.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:[0-9A-Za-z]{4}[^\p{L}\p{N}]{0,5}){3}[0-9A-Za-z]{4}(?![\p{L}\p{N}])")]
    private static partial Regex Written();

    private static string? FolioOf(string? extra)
    {
        if (extra is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(extra);
        return json.RootElement.TryGetProperty("facts", out var facts) && facts.TryGetProperty(FolioFact, out var folio) ? folio.GetString() : null;
    }
}
