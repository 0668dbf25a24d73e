using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>What the desk's answers tell the browser, letter for letter.</summary>
public sealed class StaffHeaderTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData("/staff/sign-in")]
    [InlineData("/staff")]
    [InlineData("/staff/nothing")]
    public async Task They_are_kept_nowhere_framed_by_nobody_and_run_nothing_but_our_own(string path)
    {
        using var browser = new StaffClient(shared.Host);
        using var answer = await browser.GetAsync(path);

        HeaderOf(answer, "Cache-Control").ShouldBe("no-cache, no-store");
        HeaderOf(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        HeaderOf(answer, "Referrer-Policy").ShouldBe("no-referrer");
        HeaderOf(answer, "Content-Security-Policy").ShouldBe(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'");
    }

    [Fact]
    public async Task Citizens_get_no_cookie()
    {
        using var browser = new StaffClient(shared.Host);
        using var answer = await browser.GetAsync("/");

        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        HeaderOf(answer, "Content-Security-Policy").ShouldEndWith($"frame-ancestors 'self' {SharedHost.AllowedOrigin}");
    }

    private static string HeaderOf(HttpResponseMessage answer, string name) => answer.Headers.NonValidated[name].ToString();
}
