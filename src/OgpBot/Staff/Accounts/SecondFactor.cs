using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using OgpBot.Storage;

namespace OgpBot.Staff.Accounts;

/// <summary>The second factor: codes of an app, or recovery codes, each of which is taken once.</summary>
internal sealed class SecondFactor(StaffAccounts accounts, RandomNumberGenerator random, TimeProvider clock)
{
    private const int RecoveryCodes = 8;
    private const int RecoveryDigits = 12;

    /// <summary>Her key. It is made when she first needs it.</summary>
    internal async Task<string> KeyAsync(DbContext database, string memberId)
    {
        var key = await database.TokenAsync(memberId, StaffTokens.Key);
        if (key is null)
        {
            key = Totp.NewKey(random);
            await database.SetTokenAsync(memberId, StaffTokens.Key, key);
        }

        return key;
    }

    /// <summary>Takes a code. With the first one the second factor is set up.</summary>
    /// <returns>Null where it is wrong or was used; the recovery codes where this was the first; else nothing.</returns>
    internal async Task<IReadOnlyList<string>?> TakeAsync(DbContext database, StaffMember member, string typed)
    {
        var code = new string([.. typed.Where(char.IsLetterOrDigit)]);
        if (code.Length != Totp.Digits)
        {
            return member.TwoFactorEnabled && await TakeRecoveryAsync(database, member, CrockfordBase32.Plain(code)) ? [] : null;
        }

        var last = long.Parse(await database.TokenAsync(member.Id, StaffTokens.Step) ?? "0", CultureInfo.InvariantCulture);
        if (await database.TokenAsync(member.Id, StaffTokens.Key) is not { } key || Totp.StepOf(code, key, clock.GetUtcNow()) is not { } step || step <= last)
        {
            return null;
        }

        await database.SetTokenAsync(member.Id, StaffTokens.Step, step.ToString(CultureInfo.InvariantCulture));
        return member.TwoFactorEnabled ? [] : await SetUpAsync(database, member);
    }

    private async Task<IReadOnlyList<string>> SetUpAsync(DbContext database, StaffMember member)
    {
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode()).ToList();
        member.TwoFactorEnabled = true;
        await database.SetTokenAsync(member.Id, StaffTokens.Recovery, string.Join(' ', codes.Select(StaffTokens.Hash)));
        await accounts.RecordAsync(database, member.Id, member, "second factor");
        return codes;
    }

    private async Task<bool> TakeRecoveryAsync(DbContext database, StaffMember member, string code)
    {
        var left = (await database.TokenAsync(member.Id, StaffTokens.Recovery) ?? "").Split(' ').ToList();
        if (!left.Remove(StaffTokens.Hash(code)))
        {
            return false;
        }

        await database.SetTokenAsync(member.Id, StaffTokens.Recovery, string.Join(' ', left));
        await accounts.RecordAsync(database, member.Id, member, "recovery code");
        return true;
    }

    private string NewRecoveryCode()
    {
        var bytes = new byte[8];
        random.GetBytes(bytes);
        Span<char> code = stackalloc char[RecoveryDigits];
        CrockfordBase32.Write(bytes, code);
        return new string(code);
    }
}
