using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using OgpBot.Staff.Accounts;

namespace OgpBot.Staff.Pages.Account;

/// <summary>What the pages of an account share: where to go on to, and how they say no.</summary>
public abstract class AccountPage : StaffPage
{
    private const string Queue = "/staff";

    /// <summary>Where she wanted to go before she had to sign in.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Back { get; set; }

    internal StaffSignIn Signing => HttpContext.RequestServices.GetRequiredService<StaffSignIn>();

    internal StaffAccounts Accounts => HttpContext.RequestServices.GetRequiredService<StaffAccounts>();

    public string ShortestPassword => $"{StaffAccounts.ShortestPassword}";

    /// <summary>Only an address of this host; else the queue.</summary>
    protected internal string Next => Url.IsLocalUrl(Back) ? Back! : Queue;

    private protected IActionResult Refuse(SignInOutcome outcome, string wrong)
    {
        if (outcome.Wait is not { } wait)
        {
            return Refuse(T(wrong));
        }

        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        Response.Headers.RetryAfter = seconds;
        return Refuse(T("accounts.wait", seconds), StatusCodes.Status429TooManyRequests);
    }

    private protected IActionResult Refuse(string problem, int status = StatusCodes.Status400BadRequest)
    {
        Problem = problem;
        Response.StatusCode = status;
        return Page();
    }

    private protected string? PasswordProblem(string? password, string? again) =>
        password is null || !StaffAccounts.IsPassword(password) ? T("accounts.password_length", $"{StaffAccounts.ShortestPassword}", $"{StaffAccounts.LongestPassword}")
        : password != again ? T("accounts.password_differs")
        : null;
}
