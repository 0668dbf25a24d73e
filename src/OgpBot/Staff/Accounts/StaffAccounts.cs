using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OgpBot.Staff.Audit;
using OgpBot.Staff.Deciding;
using OgpBot.Storage;

namespace OgpBot.Staff.Accounts;

/// <summary>The people of the desk: adds and disables them, gives links and sets passwords. Each call writes in its caller's transaction, with its act.</summary>
internal sealed partial class StaffAccounts(
    AuditTrail audit, IPasswordHasher<StaffMember> hasher, ILookupNormalizer normalizer, RandomNumberGenerator random, Ids ids, TimeProvider clock)
{
    /// <summary>Who acts where a command does.</summary>
    internal const string CommandLine = "command line";

    internal const int ShortestPassword = 12;
    internal const int LongestPassword = 256;
    internal const int LongestName = 40;

    private const int CodeBytes = 32;
    private static readonly TimeSpan InvitationHolds = TimeSpan.FromHours(48);

    // What a wrong name is checked against, so that it takes as long as a right one.
    private readonly Lazy<string> nobodys = new(() => hasher.HashPassword(new StaffMember(), "nobody has this password"));

    internal static bool IsName(string name) => name.Length <= LongestName && Name().IsMatch(name);

    internal static bool IsPassword(string password) => password.Length is >= ShortestPassword and <= LongestPassword;

    /// <summary>The person of a name, whatever its capitals; null where there is none.</summary>
    internal Task<StaffMember?> FindAsync(DbContext database, string name)
    {
        var normalized = Normal(name);
        return database.Set<StaffMember>().FirstOrDefaultAsync(member => member.NormalizedUserName == normalized);
    }

    internal string Normal(string name) => normalizer.NormalizeName(name.Trim());

    /// <summary>Adds a person, who chooses her password by the link.</summary>
    /// <returns>The path of the link; null where the name is taken.</returns>
    internal async Task<string?> AddAsync(DbContext database, string by, string name, StaffRole role, string? display = null, string? email = null)
    {
        if (await FindAsync(database, name) is not null)
        {
            return null;
        }

        var member = new StaffMember
        {
            Id = ids.Next(),
            UserName = name.Trim(),
            NormalizedUserName = Normal(name),
            Email = email,
            NormalizedEmail = normalizer.NormalizeEmail(email),
            Role = role,
            DisplayName = display,
            CreatedAt = clock.GetUtcNow(),
            SecurityStamp = ids.Next(),
            ConcurrencyStamp = ids.Next(),
        };
        database.Add(member);
        await database.SaveChangesAsync();
        return await InviteAsync(database, by, member, $"added {role}");
    }

    /// <summary>Takes her password and second factor, and ends her sessions; she chooses anew by the link.</summary>
    /// <returns>The path of the link.</returns>
    internal async Task<string> ResetAsync(DbContext database, string by, StaffMember member)
    {
        database.RemoveRange(await database.Tokens(member.Id).ToListAsync());
        (member.PasswordHash, member.TwoFactorEnabled) = (null, false);
        EndSessions(member);
        return await InviteAsync(database, by, member, "reset");
    }

    /// <summary>Lets her in no more; her sessions end with their next request. What she was to see to goes back to the pool.</summary>
    internal async Task DisableAsync(DbContext database, string by, StaffMember member)
    {
        member.DisabledAt = clock.GetUtcNow();
        EndSessions(member);
        await database.SetTokenAsync(member.Id, StaffTokens.Invitation, null);
        await ReviewDesk.ReleaseAsync(database, member.Id);
        await RecordAsync(database, by, member, "disabled");
    }

    /// <summary>Lets her in again, with what she had.</summary>
    internal async Task EnableAsync(DbContext database, string by, StaffMember member)
    {
        member.DisabledAt = null;
        await RecordAsync(database, by, member, "enabled");
    }

    /// <summary>Who was given a link that still holds.</summary>
    internal async Task<StaffMember?> InvitedAsync(DbContext database, string? code)
    {
        var beginning = $"{StaffTokens.Hash(code ?? "")}|";
        var given = await database.Set<IdentityUserToken<string>>().AsNoTracking()
            .FirstOrDefaultAsync(token => token.LoginProvider == StaffTokens.Own && token.Name == StaffTokens.Invitation && token.Value!.StartsWith(beginning));
        return given is not null && long.Parse(given.Value!.AsSpan(beginning.Length), CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeMilliseconds()
            ? await database.Set<StaffMember>().FirstOrDefaultAsync(member => member.Id == given.UserId && member.DisabledAt == null)
            : null;
    }

    /// <summary>Uses up a link.</summary>
    /// <param name="hash">From <see cref="HashOf"/>: the work of it must not hold up the writer.</param>
    /// <returns>False where the link holds no more.</returns>
    internal async Task<bool> AcceptAsync(DbContext database, string? code, string hash)
    {
        if (await InvitedAsync(database, code) is not { } member)
        {
            return false;
        }

        await database.SetTokenAsync(member.Id, StaffTokens.Invitation, null);
        await SetPasswordAsync(database, member, hash);
        return true;
    }

    /// <summary>Changes her password and ends all her sessions.</summary>
    internal async Task SetPasswordAsync(DbContext database, StaffMember member, string hash)
    {
        member.PasswordHash = hash;
        EndSessions(member);
        await RecordAsync(database, member.Id, member, "password");
    }

    /// <summary>Ends all her sessions.</summary>
    internal async Task SignOutEverywhereAsync(DbContext database, StaffMember member)
    {
        EndSessions(member);
        await RecordAsync(database, member.Id, member, "signed out everywhere");
    }

    internal string HashOf(string password) => hasher.HashPassword(new StaffMember(), password);

    /// <summary>Whether a password is hers. It takes as long for nobody, and for who has none yet.</summary>
    internal bool IsPasswordOf(StaffMember? member, string password)
    {
        var right = hasher.VerifyHashedPassword(member ?? new StaffMember(), member?.PasswordHash ?? nobodys.Value, password) != PasswordVerificationResult.Failed;
        return right && member is { PasswordHash: not null, DisabledAt: null };
    }

    internal async Task RecordAsync(DbContext database, string by, StaffMember member, string what)
    {
        await database.SaveChangesAsync();
        await audit.AddAsync(database, new Act(by, AuditActs.Account, member.UserName, To: what) { ByMachine = by == CommandLine });
    }

    // Each session holds the stamp that it began with.
    private void EndSessions(StaffMember member) => member.SecurityStamp = ids.Next();

    private async Task<string> InviteAsync(DbContext database, string by, StaffMember member, string what)
    {
        var bytes = new byte[CodeBytes];
        random.GetBytes(bytes);
        var code = Convert.ToHexStringLower(bytes);
        var until = clock.GetUtcNow() + InvitationHolds;
        await database.SetTokenAsync(member.Id, StaffTokens.Invitation, $"{StaffTokens.Hash(code)}|{until.ToUnixTimeMilliseconds()}");
        await RecordAsync(database, by, member, what);
        return $"/staff/invite?code={code}";
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}._@-]+$")]
    private static partial Regex Name();
}
