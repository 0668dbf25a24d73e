using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using OgpBot.Conversations.Turns;
using OgpBot.Staff.Accounts;

namespace OgpBot.Tests.Support;

/// <summary>A person at the desk, with a browser's cookies: adds her, signs her in through the pages, then reads pages and sends their forms.</summary>
internal sealed class StaffClient : IDisposable
{
    internal const string Password = "una frase larga y segura";

    private readonly TestHost host;
    private readonly HttpClient http;

    /// <summary>A browser that nobody is signed in with.</summary>
    internal StaffClient(TestHost host)
    {
        this.host = host;
        http = new HttpClient(new HttpClientHandler { CookieContainer = Cookies, AllowAutoRedirect = false }, disposeHandler: true) { BaseAddress = host.Address };
    }

    internal CookieContainer Cookies { get; } = new();

    internal HttpClient Http => http;

    /// <summary>Her id; empty before <see cref="StartAsync"/>.</summary>
    internal string Id { get; private set; } = "";

    /// <summary>The key of her second factor, once it was shown.</summary>
    internal string Key { get; private set; } = "";

    /// <summary>Her recovery codes, once they were shown.</summary>
    internal IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>Adds a person and signs her in.</summary>
    internal static async Task<StaffClient> StartAsync(TestHost host, StaffRole role = StaffRole.Reviewer, string name = "ana")
    {
        var client = new StaffClient(host);
        await client.AcceptAsync(await AddAsync(host, role, name));
        (await client.SignInAsync(name)).ShouldBe(HttpStatusCode.OK);
        client.Id = await host.Get<TurnWriter>().WriteAsync(async session => (await host.Get<StaffAccounts>().FindAsync(session.Database, name))!.Id);
        return client;
    }

    /// <summary>The same person in another browser, by a code that was not used yet.</summary>
    internal async Task<StaffClient> AgainAsync(string name, string password = Password)
    {
        var other = new StaffClient(host) { Id = Id, Key = Key };
        (await other.SignInAsync(name, password)).ShouldBe(HttpStatusCode.Redirect);
        return other;
    }

    /// <summary>Adds a person as the command does.</summary>
    /// <returns>The path of her link.</returns>
    internal static async Task<string> AddAsync(TestHost host, StaffRole role, string name) => (await host.Get<TurnWriter>().WriteAsync(
        async session => await host.Get<StaffAccounts>().AddAsync(session.Database, StaffAccounts.CommandLine, name, role)))!;

    /// <summary>Chooses her password by the link.</summary>
    internal async Task AcceptAsync(string link, string password = Password)
    {
        using var answer = await SendAsync(link, link, ("new", password), ("again", password));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>Signs in by both steps; the status of the last answer: a redirect, or 200 where recovery codes are shown.</summary>
    internal async Task<HttpStatusCode> SignInAsync(string name, string password = Password)
    {
        using (var first = await SendAsync("/staff/sign-in", null, ("name", name), ("password", password)))
        {
            if (first.StatusCode != HttpStatusCode.Redirect)
            {
                return first.StatusCode;
            }
        }

        var page = await PageAsync("/staff/second-factor");
        Key = page.QuerySelector("#key")?.TextContent.Replace(" ", "", StringComparison.Ordinal) ?? Key;
        using var second = await SendAsync("/staff/second-factor", null, ("code", CodeNow()));
        var shown = await ReadAsync(second);
        RecoveryCodes = shown.QuerySelectorAll("li code") is { Length: > 0 } codes ? [.. codes.Select(code => code.TextContent)] : RecoveryCodes;
        return second.StatusCode;
    }

    /// <summary>What her app shows at this moment of the host's clock.</summary>
    internal string CodeNow() => new OtpNet.Totp(OtpNet.Base32Encoding.ToBytes(Key)).ComputeTotp(host.Clock.GetUtcNow().UtcDateTime);

    internal Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path, TestContext.Current.CancellationToken);

    /// <summary>A page that must be there.</summary>
    internal async Task<IDocument> PageAsync(string path)
    {
        using var answer = await GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await ReadAsync(answer);
    }

    /// <summary>Sends a form of a page, with what the page hides in it.</summary>
    /// <param name="page">The page that has the form.</param>
    /// <param name="action">The address that the form is sent to, to tell it from others on the page; null: the first one in the page's main part.</param>
    internal async Task<HttpResponseMessage> SendAsync(string page, string? action, params (string Name, string Value)[] fields)
    {
        var shown = await PageAsync(page);
        var form = (action is null ? null : shown.QuerySelectorAll("form").FirstOrDefault(form => form.GetAttribute("action") == action))
            ?? shown.QuerySelector("main form") ?? throw new InvalidOperationException($"there is no form on {page}");
        var hidden = form.QuerySelectorAll("input[type=hidden]").Select(input => (Name: input.GetAttribute("name")!, Value: input.GetAttribute("value") ?? ""));
        var sent = hidden.Where(input => fields.All(field => field.Name != input.Name)).Concat(fields).Select(field => KeyValuePair.Create(field.Name, field.Value));
        using var content = new FormUrlEncodedContent(sent);
        return await http.PostAsync(form.GetAttribute("action") ?? page, content, TestContext.Current.CancellationToken);
    }

    internal static async Task<IDocument> ReadAsync(HttpResponseMessage answer) =>
        new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    public void Dispose() => http.Dispose();
}
