using System.Security.Cryptography;
using OgpBot.Channels.DirectLine;
using OgpBot.Http;
using OgpBot.Settings;
using OgpBot.Storage;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Channels.DirectLine;

/// <summary>What a token must be, and what it must not.</summary>
public sealed class DirectLineTokensTests : IDisposable
{
    // HS256 of {"user":"dl_anterior","conv":"c-anterior","exp":1791000000} (3 October 2026, 04:00 UTC) under the bytes 0 to 31, made with Node's crypto.
    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
    private const string Claims = "eyJ1c2VyIjoiZGxfYW50ZXJpb3IiLCJjb252IjoiYy1hbnRlcmlvciIsImV4cCI6MTc5MTAwMDAwMH0";
    private const string Signature = "oiLHU6O72fVFKrKvsp1qHRocB8hVpPAWp0p1C7BOj1g";
    private const string Old = $"{Header}.{Claims}.{Signature}";

    // {"alg":"none","typ":"JWT"}
    private const string NoAlgorithm = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";

    private static readonly DateTimeOffset Expires = DateTimeOffset.FromUnixTimeSeconds(1_791_000_000);

    private readonly TemporaryFolder folder = new();
    private readonly TestClock clock = new();
    private readonly SeededRandom random = new(1);
    private readonly DirectLineTokens tokens;

    public DirectLineTokensTests()
    {
        File.WriteAllBytes(folder.File("directline.key"), [.. Enumerable.Range(0, 32).Select(each => (byte)each)]);
        tokens = new DirectLineTokens(new OgpBotOptions { DataDirectory = folder.Path }, clock, new Ids(clock, random));
    }

    [Fact]
    public void One_that_was_issued_before_this_library_stays_valid()
    {
        clock.Set(Expires.AddSeconds(-1));

        tokens.Read(Old).ShouldBe(new TokenClaims("dl_anterior", "c-anterior", Expires.ToUnixTimeSeconds()));
    }

    [Fact]
    public void It_expires_to_the_second_and_leads_back_for_thirty_days_more()
    {
        clock.Set(Expires);
        Should.Throw<HttpProblem>(() => tokens.Read(Old));
        tokens.ReadForResume(Old).ShouldNotBeNull().Conv.ShouldBe("c-anterior");

        clock.Set(Expires.AddDays(30));
        tokens.ReadForResume(Old).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData($"{Header}.{Claims}.")]
    [InlineData($"{NoAlgorithm}.{Claims}.")]
    [InlineData($"{NoAlgorithm}.{Claims}.{Signature}")]
    [InlineData($"{Header}.{Claims}.piLHU6O72fVFKrKvsp1qHRocB8hVpPAWp0p1C7BOj1g")]
    [InlineData($"{Header}.{Claims}.{Signature}.{Signature}")]
    [InlineData($"{Header}.eyJ1c2VyIjoib3RybyIsImNvbnYiOiJjLWFudGVyaW9yIiwiZXhwIjoxNzkxMDAwMDAwfQ.{Signature}")]
    public void Any_other_is_false(string token)
    {
        clock.Set(Expires.AddSeconds(-1));

        Should.Throw<HttpProblem>(() => tokens.Read(token));
        tokens.ReadForResume(token).ShouldBeNull();
    }

    [Fact]
    public void Its_own_are_signed_as_the_old_were()
    {
        var issued = tokens.Issue("c-1", "dl_1").Token;

        var signed = issued[..issued.LastIndexOf('.')];
        var key = File.ReadAllBytes(folder.File("directline.key"));
        var expected = System.Buffers.Text.Base64Url.EncodeToString(HMACSHA256.HashData(key, System.Text.Encoding.ASCII.GetBytes(signed)));
        issued.ShouldBe($"{signed}.{expected}");
        signed.ShouldStartWith($"{Header}.");
        tokens.Read(issued).ShouldBe(new TokenClaims("dl_1", "c-1", (clock.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeSeconds()));
    }

    public void Dispose()
    {
        folder.Dispose();
        random.Dispose();
    }
}
