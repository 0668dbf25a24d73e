using Microsoft.AspNetCore.Mvc;
using OgpBot.Staff.Pages.Account;

namespace OgpBot.Staff.Pages.Entry;

/// <summary>Ends the session. Only by a post: no link of another site signs anyone out.</summary>
public sealed class SignOutModel : AccountPage
{
    public IActionResult OnGet() => Redirect("/staff");

    public async Task<IActionResult> OnPostAsync()
    {
        await Signing.SignOutAsync();
        Told = T("accounts.signed_out");
        return RedirectToPage("SignIn");
    }
}
