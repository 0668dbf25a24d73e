using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Staff.Audit;
using OgpBot.Storage;

namespace OgpBot.Staff.Accounts;

/// <summary>Signing in, in two steps, and out. Between the steps a cookie of ten minutes says whose password was right; it opens no page of the desk.</summary>
internal sealed class StaffSignIn(
    SignInManager<StaffMember> identity, StaffAccounts accounts, SecondFactor factor, StaffSessions sessions, SignInThrottle throttle, TurnWriter writer, AuditTrail audit,
    IDbContextFactory<OgpBotDb> contexts)
{
    private const string Stamp = "stamp";

    // Who failed by a name that nobody has: what was typed may be a password.
    private const string Unknown = "unknown";

    private HttpContext Context => identity.Context;

    /// <summary>The first step.</summary>
    internal async Task<SignInOutcome> PasswordAsync(string name, string password)
    {
        var key = accounts.Normal(name);
        if (throttle.Begin(key) is { } wait)
        {
            return SignInOutcome.WaitFor(wait);
        }

        await using var database = await contexts.CreateDbContextAsync(Context.RequestAborted);
        var member = await accounts.FindAsync(database, name);
        if (!accounts.IsPasswordOf(member, password))
        {
            await FailedAsync(member);
            return SignInOutcome.Wrong;
        }

        throttle.Forgive(key);
        await BeginSecondStepAsync(member!);
        return SignInOutcome.Right;
    }

    /// <summary>The second step begins: what she proved before, by her password, is kept in a cookie.</summary>
    internal Task BeginSecondStepAsync(StaffMember member) => Context.SignInAsync(
        IdentityConstants.TwoFactorUserIdScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, member.Id), new Claim(Stamp, member.SecurityStamp!)], IdentityConstants.TwoFactorUserIdScheme)));

    /// <summary>Who is between the steps; null: nobody.</summary>
    internal async Task<StaffMember?> PendingAsync()
    {
        var proved = (await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        await using var database = await contexts.CreateDbContextAsync(Context.RequestAborted);
        return await FindAsync(database, proved?.FindFirstValue(ClaimTypes.NameIdentifier), proved?.FindFirstValue(Stamp));
    }

    /// <summary>Her key, to be shown while she has no second factor yet.</summary>
    internal Task<string> KeyAsync(StaffMember member) =>
        writer.WriteAsync(async session => await factor.KeyAsync(session.Database, member.Id), Context.RequestAborted);

    /// <summary>The second step; after it she is in.</summary>
    internal async Task<SignInOutcome> CodeAsync(StaffMember pending, string code)
    {
        var key = pending.NormalizedUserName!;
        if (throttle.Begin(key) is { } wait)
        {
            return SignInOutcome.WaitFor(wait);
        }

        var taken = await writer.WriteAsync(
            async session =>
            {
                var member = await FindAsync(session.Database, pending.Id, pending.SecurityStamp);
                var recovery = member is null ? null : await factor.TakeAsync(session.Database, member, code);
                return recovery is null ? null : new Entered(member!, recovery, await EnterAsync(session.Database, member!));
            },
            Context.RequestAborted);
        if (taken is null)
        {
            await FailedAsync(pending);
            return SignInOutcome.Wrong;
        }

        throttle.Clear(key);
        await Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        await identity.SignInWithClaimsAsync(taken.Member, new AuthenticationProperties(), [taken.Session]);
        return SignInOutcome.Right with { RecoveryCodes = taken.RecoveryCodes };
    }

    /// <summary>Whether who is signed in knows her password; a wrong one counts like one at sign-in.</summary>
    internal async Task<SignInOutcome> ConfirmAsync(StaffMember member, string password)
    {
        if (throttle.Begin(member.NormalizedUserName!) is { } wait)
        {
            return SignInOutcome.WaitFor(wait);
        }

        if (!accounts.IsPasswordOf(member, password))
        {
            await FailedAsync(member);
            return SignInOutcome.Wrong;
        }

        throttle.Forgive(member.NormalizedUserName!);
        return SignInOutcome.Right;
    }

    /// <summary>Gives who changed her password a new session in place of those that ended.</summary>
    internal async Task ChangePasswordAsync(string memberId, string password)
    {
        var hash = accounts.HashOf(password);
        var changed = await writer.WriteAsync(
            async session =>
            {
                var member = await session.Database.Set<StaffMember>().FirstAsync(known => known.Id == memberId);
                await accounts.SetPasswordAsync(session.Database, member, hash);
                return new Entered(member, [], await sessions.BeginAsync(session.Database, memberId));
            },
            Context.RequestAborted);
        await identity.SignInWithClaimsAsync(changed.Member, new AuthenticationProperties(), [changed.Session]);
    }

    /// <summary>Ends this session.</summary>
    internal async Task SignOutAsync()
    {
        var user = Context.User;
        await writer.WriteAsync(
            async session =>
            {
                await StaffSessions.EndAsync(session.Database, user);
                await audit.AddAsync(session.Database, new Act(StaffPolicies.IdOf(user), AuditActs.SignOut));
                return true;
            },
            Context.RequestAborted);
        await identity.SignOutAsync();
    }

    /// <summary>Ends all her sessions, this one too.</summary>
    internal async Task SignOutEverywhereAsync(string memberId)
    {
        await writer.WriteAsync(
            async session =>
            {
                await accounts.SignOutEverywhereAsync(session.Database, await session.Database.Set<StaffMember>().FirstAsync(known => known.Id == memberId));
                return true;
            },
            Context.RequestAborted);
        await identity.SignOutAsync();
    }

    // Nobody, where her password changed or she was disabled since.
    private static Task<StaffMember?> FindAsync(DbContext database, string? id, string? stamp) =>
        database.Set<StaffMember>().FirstOrDefaultAsync(member => member.Id == id && member.SecurityStamp == stamp && member.DisabledAt == null);

    private async Task<Claim> EnterAsync(DbContext database, StaffMember member)
    {
        var session = await sessions.BeginAsync(database, member.Id);
        await audit.AddAsync(database, new Act(member.Id, AuditActs.SignIn, member.UserName));
        return session;
    }

    private Task FailedAsync(StaffMember? member) => audit.AddAsync(new Act(member?.Id ?? Unknown, AuditActs.SignInFailed, member?.UserName), Context.RequestAborted);

    private sealed record Entered(StaffMember Member, IReadOnlyList<string> RecoveryCodes, Claim Session);
}

/// <summary>What came of a step.</summary>
/// <param name="IsRight">Whether it was right.</param>
/// <param name="Wait">How long to wait, where it was not even looked at.</param>
internal sealed record SignInOutcome(bool IsRight, TimeSpan? Wait = null)
{
    internal static readonly SignInOutcome Right = new(true);
    internal static readonly SignInOutcome Wrong = new(false);

    /// <summary>After the first code ever: what to keep on paper.</summary>
    internal IReadOnlyList<string> RecoveryCodes { get; init; } = [];

    internal static SignInOutcome WaitFor(TimeSpan wait) => new(false, wait);
}
