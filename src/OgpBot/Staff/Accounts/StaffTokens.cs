using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace OgpBot.Staff.Accounts;

/// <summary>What is kept of a person's sign-in in <c>staff_tokens</c>: her key, her links, her sessions. Codes that open something are kept as hashes.</summary>
internal static class StaffTokens
{
    /// <summary>The provider of all but sessions.</summary>
    internal const string Own = "ogpbot";

    /// <summary>The provider of sessions; the name is the session's id, the value when it began.</summary>
    internal const string Session = "session";

    /// <summary>The hash of a one-time link, and until when it holds.</summary>
    internal const string Invitation = "invitation";

    /// <summary>The key of the second factor.</summary>
    internal const string Key = "key";

    /// <summary>The last step of the second factor that was used.</summary>
    internal const string Step = "step";

    /// <summary>Hashes of the recovery codes that are left.</summary>
    internal const string Recovery = "recovery";

    internal static IQueryable<IdentityUserToken<string>> Tokens(this DbContext database, string memberId, string provider = Own) =>
        database.Set<IdentityUserToken<string>>().Where(token => token.UserId == memberId && token.LoginProvider == provider);

    internal static async Task<string?> TokenAsync(this DbContext database, string memberId, string name) =>
        await database.Tokens(memberId).Where(token => token.Name == name).Select(token => token.Value).FirstOrDefaultAsync();

    /// <summary>Keeps a value; null: none.</summary>
    internal static async Task SetTokenAsync(this DbContext database, string memberId, string name, string? value, string provider = Own)
    {
        var kept = await database.Tokens(memberId, provider).FirstOrDefaultAsync(token => token.Name == name);
        if (value is null && kept is not null)
        {
            database.Remove(kept);
        }
        else if (kept is not null)
        {
            kept.Value = value;
        }
        else if (value is not null)
        {
            database.Add(new IdentityUserToken<string> { UserId = memberId, LoginProvider = provider, Name = name, Value = value });
        }

        await database.SaveChangesAsync();
    }

    internal static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}
