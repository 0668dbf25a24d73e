using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using OgpBot.Staff.Accounts;
using OgpBot.Storage;

namespace OgpBot.Staff.Pages.Account;

/// <summary>What a person sets of her own account.</summary>
public sealed class MeModel : AccountPage
{
    private static readonly TimeSpan LanguageKept = TimeSpan.FromDays(365);

    public string Name { get; private set; } = "";

    public IEnumerable<string> Languages => Texts.Languages;

    /// <summary>What a language calls itself.</summary>
    public string NameOf(string language) => Texts.Say(language, "accounts.language_name");

    public Task OnGetAsync() => LoadAsync();

    public IActionResult OnPostLanguage(string? language)
    {
        if (Texts.Languages.Contains(language))
        {
            var kept = new CookieOptions { MaxAge = LanguageKept, HttpOnly = true, Secure = Request.IsHttps, SameSite = SameSiteMode.Lax, IsEssential = true };
            Response.Cookies.Append(LanguageCookie, language!, kept);
            Told = Texts.Say(language!, "accounts.language_saved");
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostPasswordAsync(string? password, string? @new, string? again)
    {
        var member = await LoadAsync();
        if (PasswordProblem(@new, again) is { } problem)
        {
            return Refuse(problem);
        }

        var outcome = await Signing.ConfirmAsync(member, password ?? "");
        if (!outcome.IsRight)
        {
            return Refuse(outcome, "accounts.wrong_password");
        }

        await Signing.ChangePasswordAsync(member.Id, @new!);
        Told = T("accounts.password_changed");
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await Signing.SignOutEverywhereAsync(StaffId);
        Told = T("accounts.signed_out");
        return RedirectToPage("/Entry/SignIn");
    }

    private async Task<StaffMember> LoadAsync()
    {
        Title = T("desk.me");
        var contexts = HttpContext.RequestServices.GetRequiredService<IDbContextFactory<OgpBotDb>>();
        await using var database = await contexts.CreateDbContextAsync(HttpContext.RequestAborted);
        var member = await database.Set<StaffMember>().AsNoTracking().FirstAsync(known => known.Id == StaffId, HttpContext.RequestAborted);
        Name = member.Name;
        return member;
    }
}
