using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OgpBot.Storage;

namespace OgpBot.Staff.Accounts;

/// <summary>
/// Sessions at the desk. Each has a row, which sign-out removes; each holds the person's stamp, which changes with her password and when she is disabled. Both
/// are looked at with every request, in one query.
/// </summary>
internal sealed class StaffSessions(IDbContextFactory<OgpBotDb> contexts, IOptions<IdentityOptions> identity, Ids ids, TimeProvider clock)
{
    /// <summary>The claim that holds the session's id.</summary>
    internal const string Claim = "session";

    /// <summary>A session without a request ends.</summary>
    internal static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>Begins one, in the caller's transaction, and forgets her old ones.</summary>
    internal async Task<Claim> BeginAsync(DbContext database, string memberId)
    {
        var sessions = await database.Tokens(memberId, StaffTokens.Session).ToListAsync();
        database.RemoveRange(sessions.Where(session => HasEnded(session.Value)));
        var id = ids.Next();
        await database.SetTokenAsync(memberId, id, clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), StaffTokens.Session);
        return new Claim(Claim, id);
    }

    /// <summary>Ends one: a copy of its cookie opens nothing.</summary>
    internal static Task EndAsync(DbContext database, ClaimsPrincipal user) =>
        database.SetTokenAsync(StaffPolicies.IdOf(user), user.FindFirstValue(Claim) ?? "", null, StaffTokens.Session);

    /// <summary>Refuses a cookie whose session has ended, or whose person changed.</summary>
    internal async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is not { } user || !await HoldsAsync(user, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        }
    }

    private async Task<bool> HoldsAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (id, session, stamp) = (StaffPolicies.IdOf(user), user.FindFirstValue(Claim), user.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType));
        await using var database = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await database.Set<StaffMember>().AsNoTracking().Where(member => member.Id == id && member.SecurityStamp == stamp && member.DisabledAt == null)
            .Select(member => new
            {
                member.Role,
                Began = database.Set<IdentityUserToken<string>>()
                    .Where(token => token.UserId == id && token.LoginProvider == StaffTokens.Session && token.Name == session).Select(token => token.Value).FirstOrDefault(),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return known?.Began is not null && !HasEnded(known.Began) && known.Role == StaffPolicies.RoleOf(user);
    }

    private bool HasEnded(string? began) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(began ?? "0", CultureInfo.InvariantCulture)) + Longest <= clock.GetUtcNow();
}
