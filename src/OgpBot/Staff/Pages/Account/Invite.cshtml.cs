using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using OgpBot.Conversations.Turns;
using OgpBot.Storage;

namespace OgpBot.Staff.Pages.Account;

/// <summary>A one-time link: who was invited chooses her password.</summary>
[AllowAnonymous]
public sealed class InviteModel : AccountPage
{
    /// <summary>Whose link it is; null where it holds no more.</summary>
    public string? Name { get; private set; }

    public string? Code { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? code) => await FindAsync(code) ? Page() : Refuse(T("accounts.invite_over"), StatusCodes.Status404NotFound);

    public async Task<IActionResult> OnPostAsync(string? code, string? @new, string? again)
    {
        if (!await FindAsync(code))
        {
            return Refuse(T("accounts.invite_over"), StatusCodes.Status404NotFound);
        }

        if (PasswordProblem(@new, again) is { } problem)
        {
            return Refuse(problem);
        }

        var hash = Accounts.HashOf(@new!);
        var writer = HttpContext.RequestServices.GetRequiredService<TurnWriter>();
        if (!await writer.WriteAsync(async session => await Accounts.AcceptAsync(session.Database, code, hash), HttpContext.RequestAborted))
        {
            Name = null;
            return Refuse(T("accounts.invite_over"), StatusCodes.Status404NotFound);
        }

        Told = T("accounts.password_set");
        return RedirectToPage("/Entry/SignIn");
    }

    private async Task<bool> FindAsync(string? code)
    {
        (Title, Code) = (T("accounts.invite"), code);
        var contexts = HttpContext.RequestServices.GetRequiredService<IDbContextFactory<OgpBotDb>>();
        await using var database = await contexts.CreateDbContextAsync(HttpContext.RequestAborted);
        Name = (await Accounts.InvitedAsync(database, code))?.UserName;
        return Name is not null;
    }
}
