namespace OgpBot.Staff.Pages;

/// <summary>The queue: what is to be reviewed.</summary>
public sealed class IndexModel : StaffPage
{
    public void OnGet() => Title = T("queue.title");
}
