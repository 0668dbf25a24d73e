using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace OgpBot.Staff.Accounts;

/// <summary>What a session tells of a person: beside what Identity tells, her role.</summary>
internal sealed class StaffClaims(UserManager<StaffMember> members, IOptions<IdentityOptions> options) : UserClaimsPrincipalFactory<StaffMember>(members, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(StaffMember user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(StaffPolicies.RoleClaim, user.Role.ToString()));
        return identity;
    }
}
