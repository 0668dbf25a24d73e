using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Pages.Account;
using QRCoder;

namespace OgpBot.Staff.Pages.Entry;

/// <summary>The second step of signing in: a code. The first time it shows the key, and after it the recovery codes, once.</summary>
[AllowAnonymous]
public sealed class SecondFactorModel : AccountPage
{
    private const int GroupLength = 4;

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>The key to be taken over, in groups; null once the second factor is set up.</summary>
    public string? Key { get; private set; }

    /// <summary>The key as a picture: the dark squares.</summary>
    public string QrPath { get; private set; } = "";

    public int QrSize { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await Signing.PendingAsync() is { } member ? await ShowAsync(member) : RedirectToPage("SignIn", new { back = Back });

    public async Task<IActionResult> OnPostAsync(string? code)
    {
        if (await Signing.PendingAsync() is not { } member)
        {
            return RedirectToPage("SignIn", new { back = Back });
        }

        var outcome = await Signing.CodeAsync(member, code ?? "");
        if (!outcome.IsRight)
        {
            await ShowAsync(member);
            return Refuse(outcome, "accounts.wrong_code");
        }

        if (outcome.RecoveryCodes.Count == 0)
        {
            return LocalRedirect(Next);
        }

        // Not after a redirect: they would have to be kept somewhere on the way.
        (Title, RecoveryCodes) = (T("accounts.recovery"), outcome.RecoveryCodes);
        return Page();
    }

    private async Task<IActionResult> ShowAsync(StaffMember member)
    {
        Title = T(member.TwoFactorEnabled ? "accounts.second_factor" : "accounts.second_factor_first");
        if (!member.TwoFactorEnabled)
        {
            var key = await Signing.KeyAsync(member);
            Key = string.Join(' ', key.Chunk(GroupLength).Select(group => new string(group)));
            Draw(Totp.Uri(member.UserName!, key));
        }

        return Page();
    }

    private void Draw(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        for (var row = 0; row < code.ModuleMatrix.Count; row++)
        {
            for (var column = 0; column < code.ModuleMatrix[row].Length; column++)
            {
                path.Append(code.ModuleMatrix[row][column] ? $"M{column} {row}h1v1h-1z" : "");
            }
        }

        (QrPath, QrSize) = (path.ToString(), code.ModuleMatrix.Count);
    }
}
