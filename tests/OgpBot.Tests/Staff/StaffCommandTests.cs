using System.Net;
using Microsoft.EntityFrameworkCore;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Audit;
using OgpBot.Storage;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>The commands <c>staff</c> and <c>audit</c>, also beside a host that runs on the same database.</summary>
public sealed class StaffCommandTests
{
    [Fact]
    public async Task The_first_admin_is_added_by_a_command_and_comes_in_by_its_link()
    {
        using var folder = new TemporaryFolder();
        var clock = new TestClock();
        await using var host = await TestHost.StartAsync(folder.Path, clock: clock);
        var added = await OgpBotProcess.RunAsync(folder.Path, ["staff", "add", "Eva", "--role", "admin", "--display", "Eva Ríos"]);
        using var eva = new StaffClient(host);
        await eva.AcceptAsync(added.Output.Trim());
        (await eva.SignInAsync("eva")).ShouldBe(HttpStatusCode.OK);
        var list = await OgpBotProcess.RunAsync(folder.Path, ["staff", "list"]);
        var again = await OgpBotProcess.RunAsync(folder.Path, ["staff", "add", "EVA", "--role", "viewer"]);
        var disabled = await OgpBotProcess.RunAsync(folder.Path, ["staff", "disable", "eva"]);
        using var after = await eva.GetAsync("/staff");

        list.Output.Trim().ShouldBe("Eva\tadmin\tactive\tEva Ríos");
        (again.Code, again.Output).ShouldBe((1, ""));
        again.Errors.ShouldContain("There is a `EVA` already.");
        disabled.Code.ShouldBe(0);
        after.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task The_chain_holds_when_host_and_command_write_at_once_and_tells_the_row_that_was_changed()
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(folder.Path);
        var trail = host.Get<AuditTrail>();
        var command = OgpBotProcess.RunAsync(folder.Path, ["staff", "add", "eva", "--role", "viewer"]);
        const int written = 200;
        for (var row = 0; row < written; row++)
        {
            await trail.AddAsync(new Act("somebody", AuditActs.Note, $"{row}"), TestContext.Current.CancellationToken);
        }

        (await command).Code.ShouldBe(0);
        var good = await OgpBotProcess.RunAsync(folder.Path, ["audit", "verify"]);
        var last = await OgpBotProcess.RunAsync(folder.Path, ["audit", "list", "--last", "1"]);
        await using var database = await host.Get<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken);
        var commands = await database.Set<AuditEntry>().SingleAsync(entry => entry.Who == StaffAccounts.CommandLine, TestContext.Current.CancellationToken);
        await database.Set<AuditEntry>().Where(entry => entry.Seq == commands.Seq)
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Subject, "otra"), TestContext.Current.CancellationToken);
        var bad = await OgpBotProcess.RunAsync(folder.Path, ["audit", "verify"]);

        (good.Code, good.Output.Trim()).ShouldBe((0, $"{written + 1} rows, all good"));
        last.Output.ShouldStartWith($"{written + 1}\t");
        (bad.Code, bad.Output.Trim()).ShouldBe((1, $"{commands.Seq - 1} rows are good; row {commands.Seq} is not as it was written"));
    }
}
