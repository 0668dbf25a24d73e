using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using OgpBot.Tests.Support;

namespace OgpBot.Tests.Staff;

/// <summary>Who may call what: every route of the running program, beside the table of this file. A new route is entered here.</summary>
public sealed class RouteTableTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Table = """
        * staff : Viewer
        * staff/agreement : Viewer
        * staff/decided : Viewer
        * staff/denied : Viewer
        * staff/interests : Reviewer+Viewer
        * staff/invite : anyone
        * staff/many : Viewer+Coordinator
        * staff/me : Viewer
        * staff/s/{folio} : Viewer
        * staff/second-factor : anyone
        * staff/sign-in : anyone
        * staff/sign-out : Viewer
        * staff/switches : Viewer
        GET,HEAD / : anyone
        GET,HEAD /app.{hash:length(10)}.css : anyone
        GET,HEAD /app.{hash:length(10)}.js : anyone
        GET,HEAD /embed.js : anyone
        GET,HEAD /health : anyone
        GET,HEAD /icon.{hash:length(10)}.svg : anyone
        GET,HEAD /manifest.{hash:length(10)}.webmanifest : anyone
        GET,HEAD /plan : anyone
        GET,HEAD /plan.atom : anyone
        GET,HEAD /plan.{hash:length(10)}.css : anyone
        GET,HEAD /privacidad : anyone
        GET,HEAD /staff.{hash:length(10)}.css : anyone
        GET,HEAD /staff.{hash:length(10)}.js : anyone
        GET,HEAD /v3/directline/conversations/{id} : anyone
        GET,HEAD /v3/directline/conversations/{id}/activities : anyone
        GET /v3/directline/conversations/{id}/stream : anyone
        POST /api/ask : anyone
        POST /chat/token : anyone
        POST /telegram/webhook : anyone
        POST /v3/directline/conversations : anyone
        POST /v3/directline/conversations/{id}/activities : anyone
        POST /v3/directline/conversations/{id}/upload : anyone
        POST /v3/directline/tokens/generate : anyone
        POST /v3/directline/tokens/refresh : anyone
        """;

    [Fact]
    public async Task Every_route_is_for_whom_the_table_says()
    {
        var routes = new List<string>();
        foreach (var route in shared.Host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            routes.Add($"{MethodsOf(route)} {route.RoutePattern.RawText} : {WhoMay(await MetadataOfAsync(route))}");
        }

        routes.Order(StringComparer.Ordinal).ShouldBe(Table.ReplaceLineEndings("\n").Split('\n').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("GET", "/staff/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/plan", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_no_route_is_answered_as_ever(string method, string path, HttpStatusCode expected)
    {
        using var browser = new StaffClient(shared.Host);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await browser.Http.SendAsync(request, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(expected);
    }

    private static string MethodsOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods.Count: > 0 } methods ? string.Join(',', methods.HttpMethods.Order(StringComparer.Ordinal)) : "*";

    // What a page says of who may call it is read when the page is first asked for.
    private async Task<IEnumerable<object>> MetadataOfAsync(RouteEndpoint route) => route.Metadata.GetMetadata<PageActionDescriptor>() is { } page
        ? (await shared.Host.Get<PageLoader>().LoadAsync(page, route.Metadata)).EndpointMetadata ?? []
        : route.Metadata;

    private static string WhoMay(IEnumerable<object> metadata) => metadata.OfType<IAllowAnonymous>().Any() ? "anyone"
        : metadata.OfType<IAuthorizeData>().ToList() is { Count: > 0 } policies ? string.Join('+', policies.Select(policy => policy.Policy).Distinct())
        : "nobody: it does not say";
}
