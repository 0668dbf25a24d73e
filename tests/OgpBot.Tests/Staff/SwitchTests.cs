using OgpBot.Staff.Deciding;
using OgpBot.Switches;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>What staff switch off counts at once, with the reason that citizens read, and back.</summary>
public sealed class SwitchTests
{
    private const string Reason = "Hay una veda electoral.";

    [Fact]
    public async Task A_paused_consultation_takes_no_submission_and_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        await SetAsync(host, SwitchBoard.Consultation, Reason);

        await citizen.SayAsync("1");
        (await citizen.ActivitiesAsync()).ShouldContain(activity => activity.Text("text")!.Contains(Reason, StringComparison.Ordinal));
        (await PageAsync(host)).ShouldContain(Reason);

        await SetAsync(host, SwitchBoard.Consultation, null);
        (await citizen.SayAsync("Enviar un problema o propuesta")).ShouldContain("Paso 1");
        (await PageAsync(host)).ShouldNotContain(Reason);
    }

    [Fact]
    public async Task A_closed_channel_says_why_and_the_draft_stays()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        using var citizen = await CitizenClient.StartAsync(host.Address);
        await citizen.SayAsync("1");
        await citizen.SayAsync("Acepto");
        await SetAsync(host, SwitchBoard.OfChannel("web"), Reason);

        (await citizen.SayAsync("No hay luz en mi calle desde hace tres semanas.")).ShouldContain(Reason);

        await SetAsync(host, SwitchBoard.OfChannel("web"), null);
        (await citizen.SayAsync("No hay luz en mi calle desde hace tres semanas.")).ShouldContain("Paso 3");
    }

    [Fact]
    public async Task Another_host_on_the_same_database_sees_it_within_a_second()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        await using var other = await TestHost.StartAsync(folder.Path);
        other.Get<SwitchBoard>().ReasonOf(SwitchBoard.Banner).ShouldBeNull();

        await SetAsync(host, SwitchBoard.Banner, Reason);
        other.Clock.Advance(SwitchBoard.Every);

        other.Get<SwitchBoard>().ReasonOf(SwitchBoard.Banner).ShouldBe(Reason);
        SwitchBoard.Every.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    private static Task SetAsync(TestHost host, string name, string? reason) =>
        host.Get<SwitchDesk>().SetAsync("ana", name, reason, TestContext.Current.CancellationToken);

    private static async Task<string> PageAsync(TestHost host)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(host.Address, TestContext.Current.CancellationToken);
    }
}
