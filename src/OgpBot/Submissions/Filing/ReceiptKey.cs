using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OgpBot.Calls;
using OgpBot.Storage;

namespace OgpBot.Submissions.Filing;

/// <summary>
/// The private key of a receipt: 80 bits of an HMAC-SHA256 of the folio, in four groups of four characters of <see cref="CrockfordBase32"/>. It is stored
/// nowhere: it is made again each time a message that shows it leaves. Who steals the database without the key file beside it can open no submission.
/// </summary>
public sealed partial class ReceiptKey(KeyFile secret) : IMessageSecret
{
    /// <summary>The name of the fact that tells whose key it is.</summary>
    public const string FolioFact = "folio";

    private const int Length = 16;

    // As JSON writes the character.
    private const string EscapedPlace = "\\uE000";

    /// <summary><c>XXXX-XXXX-XXXX-XXXX</c>.</summary>
    public string Of(string folio)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.Read(), Encoding.UTF8.GetBytes(folio), hash);
        Span<char> key = stackalloc char[Length];
        CrockfordBase32.Write(hash, key);
        return $"{key[..4]}-{key[4..8]}-{key[8..12]}-{key[12..]}";
    }

    /// <summary>Whether a person typed the key of the folio, whatever the case, blanks and hyphens, with O for 0, I and L for 1. It takes the same time for all.</summary>
    public bool Opens(string folio, string typed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CrockfordBase32.Plain(Of(folio))), Encoding.UTF8.GetBytes(CrockfordBase32.Plain(typed)));

    /// <summary>Puts in the key of the folio among the facts of the message.</summary>
    public (string? Text, string? Extra) Fill(string? text, string? extra)
    {
        var isInExtra = extra?.Contains(EscapedPlace, StringComparison.OrdinalIgnoreCase) is true;
        if (!isInExtra && text?.Contains(IMessageSecret.Place) is not true)
        {
            return (text, extra);
        }

        var key = FolioOf(extra) is { } folio ? Of(folio) : "";
        return (text?.Replace(IMessageSecret.Place.ToString(), key, StringComparison.Ordinal), extra?.Replace(EscapedPlace, key, StringComparison.OrdinalIgnoreCase));
    }

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
