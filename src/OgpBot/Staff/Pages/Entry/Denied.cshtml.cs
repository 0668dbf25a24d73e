namespace OgpBot.Staff.Pages.Entry;

/// <summary>What is read by who may do less than a page asks for.</summary>
public sealed class DeniedModel : StaffPage
{
    public void OnGet()
    {
        Title = T("accounts.denied_title");
        Response.StatusCode = StatusCodes.Status403Forbidden;
    }
}
