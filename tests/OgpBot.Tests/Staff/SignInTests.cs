using System.Net;
using OgpBot.Staff.Accounts;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>Signing in through the pages: both steps, codes that are taken once, waits, and where one goes on to.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private const string Wrong = "El nombre o la contraseña no son correctos.";

    private readonly TemporaryFolder folder = new();
    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(folder.Path);

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Who_was_added_chooses_a_password_sets_up_her_phone_and_reads_the_queue()
    {
        using var ana = await StaffClient.StartAsync(host);

        ana.RecoveryCodes.Count.ShouldBe(8);
        ana.RecoveryCodes.Distinct().Count().ShouldBe(8);
        (await ana.PageAsync("/staff")).QuerySelector("h1")!.TextContent.ShouldBe("Aportes");
    }

    [Theory]
    [InlineData("/staff")]
    [InlineData("/staff/me")]
    public async Task No_page_of_the_desk_is_read_before_the_second_step(string path)
    {
        using var browser = new StaffClient(host);
        await browser.AcceptAsync(await StaffClient.AddAsync(host, StaffRole.Admin, "ana"));
        using var before = await browser.GetAsync(path);
        using var first = await browser.SendAsync("/staff/sign-in", null, ("name", "ana"), ("password", StaffClient.Password));
        using var between = await browser.GetAsync(path);

        LocationOf(before).ShouldBe($"/staff/sign-in?back={Uri.EscapeDataString(path)}");
        LocationOf(first).ShouldBe("/staff/second-factor");
        LocationOf(between).ShouldBe($"/staff/sign-in?back={Uri.EscapeDataString(path)}");
    }

    [Fact]
    public async Task The_second_step_without_the_first_leads_back_to_it()
    {
        using var browser = new StaffClient(host);
        using var answer = await browser.GetAsync("/staff/second-factor");

        LocationOf(answer).ShouldBe("/staff/sign-in");
    }

    [Fact]
    public async Task A_code_is_taken_once()
    {
        using var ana = await StaffClient.StartAsync(host);
        var used = ana.CodeNow();
        using var first = await ana.SendAsync("/staff/sign-in", null, ("name", "ana"), ("password", StaffClient.Password));
        using var again = await ana.SendAsync("/staff/second-factor", null, ("code", used));
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        using var next = await ana.SendAsync("/staff/second-factor", null, ("code", ana.CodeNow()));

        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ProblemAsync(again)).ShouldBe("El código no es correcto o ya se usó. Espere el siguiente.");
        LocationOf(next).ShouldBe("/staff");
    }

    [Fact]
    public async Task A_recovery_code_is_taken_once_in_place_of_the_phone()
    {
        using var ana = await StaffClient.StartAsync(host);
        var code = ana.RecoveryCodes[3].ToLowerInvariant().Insert(4, "-");
        var locations = new List<string?>();
        for (var time = 0; time < 2; time++)
        {
            using var first = await ana.SendAsync("/staff/sign-in", null, ("name", "ana"), ("password", StaffClient.Password));
            using var second = await ana.SendAsync("/staff/second-factor", null, ("code", code));
            locations.Add(LocationOf(second));
        }

        locations.ShouldBe(["/staff", null]);
    }

    [Fact]
    public async Task The_key_is_not_shown_again_once_the_second_factor_is_set_up()
    {
        using var ana = await StaffClient.StartAsync(host);
        using var first = await ana.SendAsync("/staff/sign-in", null, ("name", "ana"), ("password", StaffClient.Password));
        var page = await ana.PageAsync("/staff/second-factor");

        page.QuerySelector("#key").ShouldBeNull();
        page.QuerySelector("svg").ShouldBeNull();
    }

    [Theory]
    [InlineData("/staff/me?x=1", "/staff/me?x=1")]
    [InlineData("https://evil.example/", "/staff")]
    [InlineData("//evil.example/", "/staff")]
    [InlineData("/\\evil.example", "/staff")]
    public async Task After_sign_in_one_goes_on_to_addresses_of_this_host_only(string back, string expected)
    {
        using var ana = await StaffClient.StartAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var first = await ana.SendAsync($"/staff/sign-in?back={Uri.EscapeDataString(back)}", null, ("name", "ana"), ("password", StaffClient.Password));
        using var second = await ana.SendAsync(LocationOf(first)!, null, ("code", ana.CodeNow()));

        LocationOf(second).ShouldBe(expected);
    }

    [Theory]
    [InlineData("ana")]
    [InlineData("nadie")]
    public async Task From_the_fifth_wrong_password_on_one_waits_whether_there_is_such_a_person_or_not(string name)
    {
        using var ana = await StaffClient.StartAsync(host);
        var told = new List<string?>();
        for (var time = 0; time < 7; time++)
        {
            using var answer = await ana.SendAsync("/staff/sign-in", null, ("name", name), ("password", "wrong wrong wrong"));
            told.Add($"{(int)answer.StatusCode} {answer.Headers.RetryAfter} {await ProblemAsync(answer)}");
        }

        told.ShouldBe([.. Enumerable.Repeat($"400  {Wrong}", 5), .. Enumerable.Repeat("429 5 Hubo demasiados intentos. Intente de nuevo en 5 s.", 2)]);
    }

    [Fact]
    public async Task After_the_wait_the_right_password_works_and_the_wait_never_grows_beyond_a_minute()
    {
        using var ana = await StaffClient.StartAsync(host);
        for (var time = 0; time < 12; time++)
        {
            using var wrong = await ana.SendAsync("/staff/sign-in", null, ("name", "ANA"), ("password", "wrong wrong wrong"));
            wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            host.Clock.Advance(TimeSpan.FromSeconds(time < 4 ? 1 : 60));
        }

        (await ana.SignInAsync("ana")).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Wrong_codes_count_too()
    {
        using var ana = await StaffClient.StartAsync(host);
        using var first = await ana.SendAsync("/staff/sign-in", null, ("name", "ana"), ("password", StaffClient.Password));
        var statuses = new List<int>();
        for (var time = 0; time < 6; time++)
        {
            using var answer = await ana.SendAsync("/staff/second-factor", null, ("code", "000000"));
            statuses.Add((int)answer.StatusCode);
        }

        statuses.ShouldBe([400, 400, 400, 400, 400, 429]);
    }

    [Fact]
    public async Task A_link_works_once_and_for_48_hours()
    {
        using var browser = new StaffClient(host);
        var (used, old) = (await StaffClient.AddAsync(host, StaffRole.Viewer, "ana"), await StaffClient.AddAsync(host, StaffRole.Viewer, "eva"));
        await browser.AcceptAsync(used);
        host.Clock.Advance(TimeSpan.FromHours(48) - TimeSpan.FromSeconds(1));
        using var justInTime = await browser.GetAsync(old);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var link in new[] { used, old, "/staff/invite?code=x", "/staff/invite" })
        {
            using var answer = await browser.GetAsync(link);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await ProblemAsync(answer)).ShouldBe("Este enlace ya no sirve. Pida uno nuevo a quien administra la mesa.");
        }

        justInTime.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("once letras", "once letras", "La contraseña debe tener de 12 a 256 caracteres.")]
    [InlineData("una frase larga", "otra frase larga", "Las dos contraseñas no son iguales.")]
    public async Task A_password_is_long_enough_and_typed_twice(string password, string again, string problem)
    {
        using var browser = new StaffClient(host);
        using var answer = await browser.SendAsync(await StaffClient.AddAsync(host, StaffRole.Viewer, "ana"), null, ("new", password), ("again", again));

        (await ProblemAsync(answer)).ShouldBe(problem);
    }

    private static string? LocationOf(HttpResponseMessage answer) => answer.Headers.Location?.OriginalString;

    private static async Task<string?> ProblemAsync(HttpResponseMessage answer) => (await StaffClient.ReadAsync(answer)).QuerySelector(".problem")?.TextContent;
}
