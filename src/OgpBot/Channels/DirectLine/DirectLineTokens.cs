using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OgpBot.Hosting;
using OgpBot.Storage;

namespace OgpBot.Channels.DirectLine;

/// <summary>
/// Tokens bound to one conversation and one user: JWT (RFC 7519) signed with HS256. The packages for it that can be restored here have known
/// weaknesses, and one algorithm with one key needs little. The key is kept in a file, so that a restart ends no conversation.
/// </summary>
public sealed class DirectLineTokens(OgpBotOptions options, TimeProvider clock, Ids ids)
{
    /// <summary>Seconds that a token is valid.</summary>
    public const int Lifetime = 3_600;

    // {"alg":"HS256","typ":"JWT"}: no other header is made or accepted.
    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

    private static readonly TimeSpan ResumeLimit = TimeSpan.FromDays(30);

    private readonly KeyFile key = new(options.DataDirectory, "directline.key");

    public DirectLineToken IssueNew(string? user = null) => Issue(ids.Next(), user ?? $"dl_{ids.Next()}");

    public DirectLineToken Issue(string conversation, string user)
    {
        var claims = new TokenClaims(user, conversation, clock.GetUtcNow().ToUnixTimeSeconds() + Lifetime);
        var signed = $"{Header}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, TokenJson.Default.TokenClaims))}";
        return new DirectLineToken(conversation, $"{signed}.{Sign(signed)}", Lifetime, user);
    }

    /// <exception cref="DirectLineProblem">It is missing, false or expired.</exception>
    public TokenClaims Read(string? token)
    {
        var claims = Verify(token ?? throw DirectLineProblem.NoToken()) ?? throw DirectLineProblem.WrongToken();
        return claims.Exp > clock.GetUtcNow().ToUnixTimeSeconds() ? claims : throw DirectLineProblem.ExpiredToken();
    }

    /// <summary>The claims of a token of ours that may be used to come back: valid, or expired at most 30 days ago.</summary>
    public TokenClaims? ReadForResume(string? token) =>
        token is not null && Verify(token) is { } claims && claims.Exp > (clock.GetUtcNow() - ResumeLimit).ToUnixTimeSeconds() ? claims : null;

    public bool IsSecret(string? secret) => options.DirectLine.Secret is { Length: > 0 } expected && secret is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(secret));

    private TokenClaims? Verify(string token)
    {
        var end = token.LastIndexOf('.');
        if (end <= Header.Length || !token.StartsWith(Header, StringComparison.Ordinal) || token[Header.Length] != '.'
            || !CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(Sign(token.AsSpan(0, end)).AsSpan()), MemoryMarshal.AsBytes(token.AsSpan(end + 1))))
        {
            return null;
        }

        return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(token.AsSpan(Header.Length + 1, end - Header.Length - 1)), TokenJson.Default.TokenClaims);
    }

    private string Sign(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = text.Length <= 1_024 ? stackalloc byte[text.Length] : new byte[text.Length];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Encoding.Latin1.GetBytes(text, bytes);
        HMACSHA256.HashData(key.Read(), bytes, hash);
        return Base64Url.EncodeToString(hash);
    }
}

/// <summary>A token as a client gets it.</summary>
public sealed record DirectLineToken(string ConversationId, string Token, int ExpiresIn, string User);

/// <summary>What a token says: the user, the conversation, and the second it expires.</summary>
public sealed record TokenClaims(string User, string Conv, long Exp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class TokenJson : JsonSerializerContext;
