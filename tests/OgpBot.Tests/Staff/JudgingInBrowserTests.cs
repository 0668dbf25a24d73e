using Deque.AxeCore.Playwright;
using OgpBot.Staff.Judging;
using OgpBot.Tests.Pages;

namespace OgpBot.Tests.Staff;

/// <summary>Axe finds nothing on the pages of judging, and none is wider than the screen.</summary>
[Collection(BrowserTests.Name)]
public sealed class JudgingInBrowserTests(Chromium chromium) : IAsyncLifetime
{
    private JudgingHost host = null!;

    public async ValueTask InitializeAsync() => host = await JudgingHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_pages_of_judging_are_accessible(int width)
    {
        var cancel = TestContext.Current.CancellationToken;
        await host.Desk.JudgeAsync("ana", "F1", host.Say(Verdict.Met), cancel);
        await host.Desk.JudgeAsync("berta", "F1", host.Say(Verdict.Met, "axis"), cancel);
        await host.Desk.DeclareAsync("ana", RecusalKind.Body, host.Desk.Bodies[0], "Trabajé ahí.", cancel);
        await using var context = await (await chromium.BrowserAsync()).NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 800 },
            ExtraHTTPHeaders = [KeyValuePair.Create(JudgingHost.AsToldByHeader.Header, "ana Coordinator")],
        });
        var page = await context.NewPageAsync();
        foreach (var path in new[] { "/staff/s/F1", "/staff/agreement", "/staff/interests" })
        {
            await page.GotoAsync(new Uri(host.Address, path).ToString());
            var found = await page.RunAxe();
            found.Violations.Select(violation => $"{violation.Id}: {string.Join(" | ", violation.Nodes.Select(node => node.Html))}").ShouldBeEmpty(path);
            (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue($"{path}: sideways scroll");
        }
    }
}
