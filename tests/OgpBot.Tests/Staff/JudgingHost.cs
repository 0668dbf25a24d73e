using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OgpBot.Conversations.Turns;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Audit;
using OgpBot.Staff.Judging;
using OgpBot.Storage;
using OgpBot.Submissions;
using OgpBot.Submissions.Review;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>
/// A host with four submissions and three people of the staff; two must judge, and blind. Who asks is told by a header in place of a sign-in.
/// </summary>
internal sealed partial class JudgingHost : IAsyncDisposable
{
    private static readonly string[] People = ["ana", "berta", "carla"];

    private readonly TemporaryFolder folder;
    private readonly TestHost host;

    private JudgingHost(TemporaryFolder folder, TestHost host) => (this.folder, this.host) = (folder, host);

    internal JudgingDesk Desk => host.Get<JudgingDesk>();

    internal JudgementFiles Files => host.Get<JudgementFiles>();

    internal Uri Address => host.Address;

    internal TestClock Clock => host.Clock;

    internal static async Task<JudgingHost> StartAsync()
    {
        var folder = new TemporaryFolder();
        var review = Directory.CreateDirectory(Path.Combine(folder.Path, "rules", "review")).FullName;
        var rules = await File.ReadAllTextAsync(Path.Combine(Repository.Dialogs, "review", "rules.yaml"), Cancel);
        await File.WriteAllTextAsync(
            Path.Combine(review, "rules.yaml"),
            rules.Replace("readers: 1", "readers: 2", StringComparison.Ordinal).Replace("blind: false", "blind: true", StringComparison.Ordinal),
            Cancel);
        var host = await TestHost.StartAsync(folder.Path, configure: services =>
        {
            services.Replace(ServiceDescriptor.Singleton(new Lazy<ReviewRules>(() => ReviewRules.Load(Path.Combine(folder.Path, "rules")))));
            services.Replace(ServiceDescriptor.Singleton<IAuthenticationService, AsToldByHeader>());
        });
        var started = new JudgingHost(folder, host);
        await started.WriteAsync(database =>
        {
            database.Add(new Citizen { Id = "c1" });
            database.AddRange(People.Select(name => new StaffMember
            {
                Id = name,
                UserName = name,
                NormalizedUserName = name,
                DisplayName = $"Sra. {name}",
            }));
            database.AddRange(Enumerable.Range(1, 4).Select(at => new Submission
            {
                Id = $"s{at}",
                Folio = $"F{at}",
                CitizenId = "c1",
                ReceivedAt = host.Clock.GetUtcNow(),
                Consultation = "x",
                Channel = "web",
                Language = "es",
                Axis = at == 4 ? "3" : "2",
                Scope = "city",
                Problem = $"Problema {at}",
                ReviewState = at == 3 ? ReviewState.Withdrawn : ReviewState.Received,
            }));
            return Task.CompletedTask;
        });
        return started;
    }

    /// <summary>What a reader says: of each criterion the same, but for one.</summary>
    internal IReadOnlyList<CriterionVerdict> Say(Verdict verdict, string? except = null, Verdict other = Verdict.NotMet) =>
        [.. Desk.Criteria.Select(criterion => new CriterionVerdict(criterion.Id, criterion.Id == except ? other : verdict, $"Porque {criterion.Id}"))];

    internal async Task<Submission> FindAsync(string folio) =>
        await ReadAsync(database => database.Set<Submission>().SingleAsync(row => row.Folio == folio, Cancel));

    internal Task<List<string>> AuditAsync() => ReadAsync(async database =>
        (await database.Set<AuditEntry>().OrderBy(entry => entry.Seq).ToListAsync(Cancel))
        .Select(entry => $"{entry.Who} {entry.Act} {entry.Subject} {entry.From}>{entry.To} {entry.Why}".Trim()).ToList());

    internal async Task<T> ReadAsync<T>(Func<OgpBotDb, Task<T>> read)
    {
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(Cancel);
        return await read(database);
    }

    internal Task WriteAsync(Func<DbContext, Task> write) => host.Get<TurnWriter>().WriteAsync(
        async session =>
        {
            await write(session.Database);
            await session.Database.SaveChangesAsync();
            return true;
        },
        Cancel);

    /// <summary>A browser in which somebody is signed in.</summary>
    internal HttpClient Browser(string person, StaffRole role)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add(AsToldByHeader.Header, $"{person} {role}");
        return client;
    }

    /// <summary>Fills a form of a page and sends it; the page that comes of it.</summary>
    internal static async Task<string> SendAsync(HttpClient browser, string page, string handler, params (string Name, string Value)[] fields)
    {
        var shown = await browser.GetStringAsync(page, Cancel);
        var token = Token().Match(shown).Groups[1].Value;
        using var form = new FormUrlEncodedContent(
            [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create("__RequestVerificationToken", token)]);
        var address = $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}handler={handler}";
        using var answer = await browser.PostAsync(address, form, Cancel);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>Takes for signed in whom a header names, with her role.</summary>
    internal sealed class AsToldByHeader : IAuthenticationService
    {
        internal const string Header = "x-test-person";

        public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
        {
            if (context.Request.Headers[Header].ToString().Split(' ') is not [var person, var role])
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var claims = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person), new Claim(StaffPolicies.RoleClaim, role)], "test");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(claims), "test")));
        }

        public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) =>
            Refuse(context, StatusCodes.Status401Unauthorized);

        public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Refuse(context, StatusCodes.Status403Forbidden);

        public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
            Task.CompletedTask;

        public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Task.CompletedTask;

        private static Task Refuse(HttpContext context, int status)
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        }
    }
}
