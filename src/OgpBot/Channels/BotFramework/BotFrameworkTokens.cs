using System.Text.Json;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Bot.Schema;
using Microsoft.IdentityModel.Tokens;
using OgpBot.Http;

namespace OgpBot.Channels.BotFramework;

/// <summary>
/// Checks the token of an activity: it must be of the cloud's issuer, for this bot, and for the address that replies go to
/// (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication). Of JwtBearer it uses what reads the issuer's keys and
/// checks tokens, not the scheme: that would look at every request of the host.
/// </summary>
internal sealed class BotFrameworkTokens
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly JwtBearerOptions options;

    public BotFrameworkTokens(BotFrameworkSettings settings, TimeProvider clock)
    {
        options = new JwtBearerOptions
        {
            MetadataAddress = settings.MetadataAddress,
            RequireHttpsMetadata = settings.MetadataAddress.StartsWith("https:", StringComparison.Ordinal),
            BackchannelTimeout = AnswerLimit,
        };
        new JwtBearerPostConfigureOptions().PostConfigure(null, options);
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ConfigurationManager = (BaseConfigurationManager)options.ConfigurationManager!,
            ValidIssuer = settings.Issuer,
            ValidAudience = settings.AppId,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],

            // The time is the injected clock's.
            LifetimeValidator = (from, until, _, _) => clock.GetUtcNow() is var now && until + ClockSkew > now && !(from - ClockSkew > now),
        };
    }

    /// <exception cref="HttpProblem">There is no valid token.</exception>
    internal async Task<BotFrameworkToken> ReadAsync(HttpContext http)
    {
        var given = http.Bearer() ?? throw HttpProblem.NoToken();
        var issuer = await options.ConfigurationManager!.GetConfigurationAsync(http.RequestAborted);
        var result = await options.TokenHandlers[0].ValidateTokenAsync(given, options.TokenValidationParameters);
        if (!result.IsValid)
        {
            throw HttpProblem.UnknownToken();
        }

        var key = issuer.JsonWebKeySet?.Keys.FirstOrDefault(key => key.Kid == result.SecurityToken.SigningKey.KeyId);
        object? endorsed = null;
        key?.AdditionalData.TryGetValue("endorsements", out endorsed);
        return new BotFrameworkToken(
            result.Claims.TryGetValue(AuthenticationConstants.ServiceUrlClaim, out var service) ? service as string : null,
            endorsed is null ? null : JsonSerializer.Deserialize<string[]>(endorsed as string ?? JsonSerializer.Serialize(endorsed)));
    }
}

/// <summary>What a valid token says.</summary>
/// <param name="Endorsed">The channels that its key signs for; null: all.</param>
internal sealed record BotFrameworkToken(string? Service, IReadOnlyCollection<string>? Endorsed)
{
    internal bool IsFor(Activity activity) => Service?.TrimEnd('/') == activity.ServiceUrl.TrimEnd('/') && Endorsed?.Contains(activity.ChannelId) != false;
}
