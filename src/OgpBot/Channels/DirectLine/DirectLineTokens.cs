using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using OgpBot.Http;
using OgpBot.Settings;
using OgpBot.Storage;

namespace OgpBot.Channels.DirectLine;

/// <summary>Tokens for one conversation and one user: JWT (RFC 7519) signed with HS256. The key is kept in a file, so a restart ends no conversation.</summary>
public sealed class DirectLineTokens(OgpBotOptions options, TimeProvider clock, Ids ids) : IDisposable
{
    /// <summary>Seconds that a token is valid.</summary>
    public const int Lifetime = 3_600;

    private const string User = "user", Conversation = "conv";

    // Tokens of conversations that go on; each comes with every request. Some 1 KB each.
    private const int MostRemembered = 1_024;

    private static readonly TimeSpan ResumeLimit = TimeSpan.FromDays(30);
    private static readonly MemoryCacheEntryOptions Remembered = new() { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(5) };

    private readonly MemoryCache verified = new(new MemoryCacheOptions { SizeLimit = MostRemembered });

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly KeyFile file = new(options.DataDirectory, "directline.key");
    private Rules? rules;

    public DirectLineToken IssueNew(string? user = null)
    {
        var conversation = ids.Next();
        return Issue(conversation, user ?? UserIn(conversation));
    }

    public DirectLineToken Issue(string conversation, string user)
    {
        var token = handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object>
            {
                [User] = user,
                [Conversation] = conversation,
                [JwtRegisteredClaimNames.Exp] = clock.GetUtcNow().ToUnixTimeSeconds() + Lifetime,
            },
            SigningCredentials = Current.Sign,
        });
        return new DirectLineToken(conversation, token, Lifetime, user);
    }

    /// <exception cref="HttpProblem">It is missing, false or expired.</exception>
    public TokenClaims Read(string? token)
    {
        var claims = Verify(token ?? throw HttpProblem.NoToken()) ?? throw HttpProblem.WrongToken();
        return claims.Exp > clock.GetUtcNow().ToUnixTimeSeconds() ? claims : throw HttpProblem.ExpiredToken();
    }

    /// <summary>The claims of a token of ours that may be used to come back: valid, or expired at most 30 days ago.</summary>
    public TokenClaims? ReadForResume(string? token) =>
        token is not null && Verify(token) is { } claims && claims.Exp > (clock.GetUtcNow() - ResumeLimit).ToUnixTimeSeconds() ? claims : null;

    public bool IsSecret(string? secret) => options.DirectLine.Secret is { Length: > 0 } expected && secret is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(secret));

    /// <summary>What the secret, which names no user and may enter every conversation, says in one.</summary>
    internal static TokenClaims OfSecret(string conversation) => new(UserIn(conversation), conversation, long.MaxValue);

    public void Dispose() => verified.Dispose();

    private static string UserIn(string conversation) => $"dl_{conversation}";

    // With a key in hand nothing is fetched, so the task is over when it is returned.
    private TokenClaims? Verify(string token)
    {
        if (!verified.TryGetValue(token, out TokenClaims? claims) && (claims = Check(token)) is not null)
        {
            verified.Set(token, claims, Remembered);
        }

        return claims;
    }

    private TokenClaims? Check(string token) =>
        handler.ValidateTokenAsync(token, Current.Check).GetAwaiter().GetResult() is { IsValid: true, SecurityToken: JsonWebToken valid }
            && valid.TryGetPayloadValue<string>(User, out var user)
            && valid.TryGetPayloadValue<string>(Conversation, out var conversation)
            && valid.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var exp)
                ? new TokenClaims(user, conversation, exp)
                : null;

    private Rules Current => rules ??= new Rules(file);

    private sealed class Rules(KeyFile file)
    {
        private readonly SymmetricSecurityKey key = new(file.Read());

        internal SigningCredentials Sign => field ??= new SigningCredentials(key, SecurityAlgorithms.HmacSha256);

        // An expired token may still be used to come back, and the time is the injected clock's.
        internal TokenValidationParameters Check => field ??= new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        };
    }
}

/// <summary>A token as a client gets it.</summary>
public sealed record DirectLineToken(string ConversationId, string Token, int ExpiresIn, string User);

/// <summary>What a token says: the user, the conversation, and the second it expires.</summary>
public sealed record TokenClaims(string User, string Conv, long Exp);
