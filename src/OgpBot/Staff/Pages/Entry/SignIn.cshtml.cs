using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Pages.Account;

namespace OgpBot.Staff.Pages.Entry;

/// <summary>The first step of signing in: name and password.</summary>
[AllowAnonymous]
public sealed class SignInModel : AccountPage
{
    private const int LongestTyped = 100;

    /// <summary>What was typed, so that only the password must be typed again.</summary>
    public string? Name { get; private set; }

    public void OnGet() => Title = T("accounts.sign_in");

    public async Task<IActionResult> OnPostAsync(string? name, string? password)
    {
        OnGet();
        Name = name is { Length: > LongestTyped } ? name[..LongestTyped] : name;
        if (string.IsNullOrWhiteSpace(Name) || string.IsNullOrEmpty(password) || password.Length > StaffAccounts.LongestPassword)
        {
            return Refuse(T("accounts.wrong"));
        }

        var outcome = await Signing.PasswordAsync(Name, password);
        return outcome.IsRight ? RedirectToPage("SecondFactor", new { back = Back }) : Refuse(outcome, "accounts.wrong");
    }
}
