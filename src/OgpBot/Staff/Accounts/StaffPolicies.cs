using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace OgpBot.Staff.Accounts;

/// <summary>Who may call a route of the desk. Each name is a policy: at least that role, with the second factor given.</summary>
internal static class StaffPolicies
{
    internal const string Viewer = nameof(StaffRole.Viewer);
    internal const string Reviewer = nameof(StaffRole.Reviewer);
    internal const string Coordinator = nameof(StaffRole.Coordinator);
    internal const string Admin = nameof(StaffRole.Admin);

    /// <summary>The claim that holds the role, by its name.</summary>
    internal const string RoleClaim = "role";

    internal static void Add(AuthorizationOptions options)
    {
        // A route that says nothing of who may call it is refused. What is no route of ours (404, 405) is answered as ever.
        options.FallbackPolicy = new AuthorizationPolicyBuilder(IdentityConstants.ApplicationScheme)
            .RequireAssertion(context => context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint).Build();
        foreach (var role in Enum.GetValues<StaffRole>())
        {
            options.AddPolicy(role.ToString(), policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser().RequireAssertion(context => RoleOf(context.User) >= role));
        }
    }

    /// <summary>The role of who is signed in; null: nobody is.</summary>
    internal static StaffRole? RoleOf(ClaimsPrincipal user) => Enum.TryParse<StaffRole>(user.FindFirstValue(RoleClaim), out var role) ? role : null;

    /// <summary>The id of who is signed in.</summary>
    internal static string IdOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
}
