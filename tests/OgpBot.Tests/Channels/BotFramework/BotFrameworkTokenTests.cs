using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Connector;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Microsoft.Rest;
using OgpBot.Channels.BotFramework;
using OgpBot.Conversations.Messages;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.BotFramework;

/// <summary>Tokens of an issuer of our own, which the host knows by its metadata.</summary>
public sealed class BotFrameworkTokenTests : IAsyncLifetime
{
    private const string AppId = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string BotsOwn = "the-bots-own-token";
    private static readonly string[] EndorsedChannels = ["emulator", "msteams"];
    private readonly RsaSecurityKey key = new(RSA.Create(2048)) { KeyId = "key-1" };
    private readonly RsaSecurityKey foreign = new(RSA.Create(2048)) { KeyId = "key-1" };
    private WebApplication issuer = null!;
    private BotFrameworkRun run = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        issuer = builder.Build();
        issuer.MapGet("/metadata", () => Results.Json(new { issuer = "https://api.botframework.com", jwks_uri = $"{issuer.Urls.Single()}/keys" }));
        issuer.MapGet("/keys", () => Results.Text(Keys(), "application/json"));
        await issuer.StartAsync(TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?>
        {
            ["OgpBot:BotFramework:AppId"] = AppId,
            ["OgpBot:BotFramework:AppPassword"] = "secret",
            ["OgpBot:BotFramework:MetadataAddress"] = $"{issuer.Urls.Single()}/metadata",
        };
        run = await BotFrameworkRun.StartAsync(settings, services => services.Replace(ServiceDescriptor.Singleton(new Lazy<BotFrameworkConnector>(
            () => new BotFrameworkConnector(service => new ConnectorClient(service, new TokenCredentials(BotsOwn), new HttpClient(), true), TimeProvider.System)))));
    }

    public async ValueTask DisposeAsync()
    {
        await run.DisposeAsync();
        await issuer.DisposeAsync();
    }

    [Fact]
    public async Task With_the_issuers_token_the_dialog_begins_and_replies_carry_the_bots_own()
    {
        await run.PostAsync(run.Citizen.Arrival(), Token());

        var reply = await run.Citizen.ReadAsync("¿Qué quiere hacer?");
        reply.Authorization.ShouldBe($"Bearer {BotsOwn}");
        run.Log.All.ShouldNotContain(line => line.Contains(BotsOwn, StringComparison.Ordinal));
    }

    public static TheoryData<string, int> Refused => new()
    {
        { "none", 401 },
        { "nonsense", 401 },
        { "foreign key", 401 },
        { "foreign issuer", 401 },
        { "another bot's", 401 },
        { "expired", 401 },
        { "not yet valid", 401 },
        { "no expiry", 401 },
        { "unsigned", 401 },
        { "symmetric", 401 },
        { "of another service", 403 },
        { "of no service", 403 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Any_other_is_refused_and_nothing_is_kept(string which, int status)
    {
        using var answer = await run.Citizen.PostAsync(run.Host.Address, run.Citizen.Message("hola"), Wrong(which));

        await answer.ShouldBeErrorAsync(status);
        run.Host.Get<ConversationReader>().Unfinished().ShouldBeEmpty();
        run.Connector.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_is_endorsed_for_some_channels_signs_for_no_other()
    {
        var activity = run.Citizen.Message("hola");
        activity["channelId"] = "sms";
        using var answer = await run.Citizen.PostAsync(run.Host.Address, activity, Token());

        await answer.ShouldBeErrorAsync(403);
    }

    [Theory]
    [InlineData("http://example.org/")]
    [InlineData("gopher://example.org/")]
    public async Task Not_even_with_its_token_is_an_open_line_used(string service)
    {
        var activity = run.Citizen.Message("hola");
        activity["serviceUrl"] = service;
        using var answer = await run.Citizen.PostAsync(run.Host.Address, activity, Token(service: service));

        await answer.ShouldBeErrorAsync(403);
    }

    [Fact]
    public async Task Web_conversations_do_not_notice()
    {
        using var citizen = await CitizenClient.StartAsync(run.Host.Address);

        (await citizen.SayAsync("menú")).ShouldBe("¿Qué quiere hacer?");
        run.Log.All.ShouldNotContain(line => line.Contains("IDX", StringComparison.Ordinal));
    }

    private string? Wrong(string which) => which switch
    {
        "none" => null,
        "nonsense" => "abc",
        "foreign key" => Token(signedBy: new SigningCredentials(foreign, SecurityAlgorithms.RsaSha256)),
        "foreign issuer" => Token(from: "https://issuer.example"),
        "another bot's" => Token(audience: "1f8fad5b-d9cb-469f-a165-70867728950e"),
        "expired" => Token(start: TestClock.Start.AddHours(-3)),
        "not yet valid" => Token(start: TestClock.Start.AddHours(3)),
        "no expiry" => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = "https://api.botframework.com",
            Audience = AppId,
            Claims = new Dictionary<string, object> { ["serviceurl"] = run.Connector.Address },
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256),
        }),
        "unsigned" => Token(isSigned: false),
        "symmetric" => Token(signedBy: new SigningCredentials(new SymmetricSecurityKey(key.Rsa.ExportRSAPublicKey()) { KeyId = "key-1" }, SecurityAlgorithms.HmacSha256)),
        "of another service" => Token(service: "https://other.example/"),
        "of no service" => Token(service: ""),
        _ => throw new ArgumentOutOfRangeException(nameof(which)),
    };

    private string Token(
        string? service = null, string from = "https://api.botframework.com", string audience = AppId, DateTimeOffset? start = null, SigningCredentials? signedBy = null, bool isSigned = true) =>
        new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = from,
            Audience = audience,
            NotBefore = (start ?? TestClock.Start).UtcDateTime,
            IssuedAt = (start ?? TestClock.Start).UtcDateTime,
            Expires = (start ?? TestClock.Start).AddHours(1).UtcDateTime,
            Claims = service == "" ? [] : new Dictionary<string, object> { ["serviceurl"] = service ?? run.Connector.Address },
            SigningCredentials = isSigned ? signedBy ?? new SigningCredentials(key, SecurityAlgorithms.RsaSha256) : null,
        });

    private string Keys()
    {
        var shown = key.Rsa.ExportParameters(includePrivateParameters: false);
        return JsonSerializer.Serialize(new
        {
            keys = new[]
            {
                new
                {
                    kty = "RSA", use = "sig", kid = key.KeyId, n = Base64UrlEncoder.Encode(shown.Modulus), e = Base64UrlEncoder.Encode(shown.Exponent),
                    endorsements = EndorsedChannels,
                },
            },
        });
    }
}
