using System.Net;
using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Audit;
using OgpBot.Storage;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>When a session begins and ends, what its cookies allow, and what the audit says of it.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private const string Other = "otra frase larga y segura";

    private readonly TemporaryFolder folder = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_copy_of_the_cookie_opens_nothing_after_sign_out()
    {
        using var ana = await StaffClient.StartAsync(host);
        using var thief = CopyOf(ana);
        (await thief.PageAsync("/staff/me")).QuerySelector("dd")!.TextContent.ShouldBe("ana");
        using var left = await ana.SendAsync("/staff", "/staff/sign-out");

        left.Headers.Location!.OriginalString.ShouldBe("/staff/sign-in");
        await ShouldBeOutAsync(ana);
        await ShouldBeOutAsync(thief);
    }

    [Fact]
    public async Task Signing_out_in_one_browser_leaves_the_other_one_in_and_everywhere_ends_both()
    {
        using var browsers = await TwoBrowsersAsync();
        var (ana, phone) = browsers;
        using var third = CopyOf(phone);
        using (await ana.SendAsync("/staff", "/staff/sign-out"))
        {
            await phone.PageAsync("/staff");
        }

        using var everywhere = await phone.SendAsync("/staff/me", "/staff/me?handler=Everywhere");
        await ShouldBeOutAsync(phone);
        await ShouldBeOutAsync(third);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_the_old_cookie_of_this_one()
    {
        using var browsers = await TwoBrowsersAsync();
        var (ana, phone) = browsers;
        using var before = CopyOf(ana);
        using var changed = await ana.SendAsync("/staff/me", "/staff/me?handler=Password", ("password", StaffClient.Password), ("new", Other), ("again", Other));

        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await ana.PageAsync("/staff/me")).QuerySelector(".told")!.TextContent.ShouldBe("La contraseña cambió. Las demás sesiones se cerraron.");
        await ShouldBeOutAsync(phone);
        await ShouldBeOutAsync(before);
    }

    [Fact]
    public async Task The_password_is_not_changed_by_who_does_not_know_it()
    {
        using var ana = await StaffClient.StartAsync(host);
        using var answer = await ana.SendAsync("/staff/me", "/staff/me?handler=Password", ("password", "no la conozco"), ("new", Other), ("again", Other));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ana.SignInAsync("ana")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Who_is_disabled_is_out_with_the_next_request_and_does_not_come_in_again()
    {
        using var ana = await StaffClient.StartAsync(host);
        await ChangeAsync((accounts, database, member) => accounts.DisableAsync(database, StaffAccounts.CommandLine, member));

        await ShouldBeOutAsync(ana);
        (await ana.SignInAsync("ana")).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_reset_takes_password_phone_and_sessions()
    {
        using var ana = await StaffClient.StartAsync(host);
        var (link, key) = ("", ana.Key);
        await ChangeAsync(async (accounts, database, member) => link = await accounts.ResetAsync(database, StaffAccounts.CommandLine, member));

        await ShouldBeOutAsync(ana);
        (await ana.SignInAsync("ana")).ShouldBe(HttpStatusCode.BadRequest);
        await ana.AcceptAsync(link, Other);
        (await ana.SignInAsync("ana", Other)).ShouldBe(HttpStatusCode.OK);
        ana.Key.ShouldNotBe(key);
    }

    [Fact]
    public async Task A_session_ends_half_an_hour_after_the_last_request_and_twelve_hours_after_it_began()
    {
        using var browsers = await TwoBrowsersAsync();
        var (ana, idle) = browsers;
        for (var minutes = 0; minutes < 12 * 60 - 29; minutes += 29)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(29));
            await ana.PageAsync("/staff");
            using var answer = minutes == 0 ? null : await idle.GetAsync("/staff");
            (answer?.StatusCode ?? HttpStatusCode.Redirect).ShouldBe(HttpStatusCode.Redirect);
        }

        host.Clock.Advance(TimeSpan.FromMinutes(29));
        await ShouldBeOutAsync(ana);
    }

    [Theory]
    [InlineData("http", "ogpbot-desk", false)]
    [InlineData("https", "__Host-ogpbot-desk", true)]
    public async Task The_cookie_is_for_this_host_alone_and_out_of_reach_of_scripts(string scheme, string name, bool isSecure)
    {
        using var ana = await StaffClient.StartAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        var cookies = await CookiesOfSignInAsync(ana, scheme);
        var session = cookies.Single(cookie => cookie.StartsWith($"{name}=", StringComparison.Ordinal)).Split("; ")[1..];
        string.Join(' ', session.Order(StringComparer.Ordinal)).ShouldBe(isSecure ? "httponly path=/ samesite=lax secure" : "httponly path=/ samesite=lax");
        cookies.ShouldAllBe(cookie => cookie.Contains("httponly") && cookie.Contains("samesite=lax") && cookie.Contains("secure") == isSecure);
    }

    [Fact]
    public async Task A_post_without_the_pages_token_is_refused()
    {
        using var ana = await StaffClient.StartAsync(host);
        foreach (var path in new[] { "/staff/sign-in", "/staff/second-factor", "/staff/invite", "/staff/me?handler=Everywhere", "/staff/sign-out" })
        {
            using var content = new FormUrlEncodedContent([]);
            using var answer = await ana.Http.PostAsync(path, content, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, path);
        }

        await ana.PageAsync("/staff");
    }

    [Fact]
    public async Task The_audit_tells_who_came_who_failed_and_who_left_and_never_an_unknown_name()
    {
        using var ana = await StaffClient.StartAsync(host);
        using (await ana.SendAsync("/staff/sign-in", null, ("name", "mi contraseña"), ("password", "x")))
        using (await ana.SendAsync("/staff/sign-in", null, ("name", "ana"), ("password", "x")))
        using (await ana.SendAsync("/staff", "/staff/sign-out"))
        {
        }

        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var acts = await database.Set<AuditEntry>().OrderBy(entry => entry.Seq).ToListAsync(TestContext.Current.CancellationToken);
        acts.Select(act => $"{(act.Who == ana.Id ? "ana" : act.Who)}: {act.Act} {act.Subject} {act.To}".TrimEnd()).ShouldBe(
        [
            "command line: account ana added Reviewer", "ana: account ana password", "ana: account ana second factor", "ana: sign-in ana",
            "unknown: sign-in-failed", "ana: sign-in-failed ana", "ana: sign-out",
        ]);
        (await AuditTrail.VerifyAsync(database, TestContext.Current.CancellationToken)).ShouldBe((7, null));
    }

    [Fact]
    public async Task The_desk_speaks_the_language_that_was_chosen()
    {
        using var ana = await StaffClient.StartAsync(host);
        using var saved = await ana.SendAsync("/staff/me", "/staff/me?handler=Language", ("language", "en"));

        (await ana.PageAsync("/staff/me")).QuerySelector(".told")!.TextContent.ShouldBe("The language is saved.");
        (await ana.PageAsync("/staff")).QuerySelector("h1")!.TextContent.ShouldBe("Submissions");
    }

    private static async Task<List<string>> CookiesOfSignInAsync(StaffClient ana, string scheme)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = ana.Http.BaseAddress };
        // .NET's container holds back what is secure from plain http: this carries them by hand, as a browser behind a proxy with TLS would.
        var kept = new Dictionary<string, string>();
        var all = new List<string>();
        async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
        {
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", kept.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
            {
                all.Add(cookie);
                var pair = cookie.Split(';')[0].Split('=', 2);
                kept[pair[0]] = pair[1];
            }

            return answer;
        }

        async Task PostAsync(string path, params (string Name, string Value)[] fields)
        {
            using var shown = await SendAsync(new HttpRequestMessage(HttpMethod.Get, path));
            var token = (await StaffClient.ReadAsync(shown)).QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent([.. fields.Append(("__RequestVerificationToken", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))]),
            };
            using var answer = await SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        await PostAsync("/staff/sign-in", ("name", "ana"), ("password", StaffClient.Password));
        await PostAsync("/staff/second-factor", ("code", ana.CodeNow()));
        return [.. all.Where(cookie => !cookie.Contains("expires=Thu, 01 Jan 1970"))];
    }

    private async Task<TwoBrowsers> TwoBrowsersAsync()
    {
        var ana = await StaffClient.StartAsync(host);
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        return new TwoBrowsers(ana, await ana.AgainAsync("ana"));
    }

    private StaffClient CopyOf(StaffClient client)
    {
        var copy = new StaffClient(host);
        copy.Cookies.Add(client.Cookies.GetAllCookies());
        return copy;
    }

    private Task<bool> ChangeAsync(Func<StaffAccounts, OgpBotDb, StaffMember, Task> change) => host.Get<TurnWriter>().WriteAsync(async session =>
    {
        var accounts = host.Get<StaffAccounts>();
        await change(accounts, session.Database, (await accounts.FindAsync(session.Database, "ana"))!);
        return true;
    });

    private static async Task ShouldBeOutAsync(StaffClient client)
    {
        using var answer = await client.GetAsync("/staff");
        answer.Headers.Location?.OriginalString.ShouldBe("/staff/sign-in?back=%2Fstaff");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private sealed record TwoBrowsers(StaffClient First, StaffClient Second) : IDisposable
    {
        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
