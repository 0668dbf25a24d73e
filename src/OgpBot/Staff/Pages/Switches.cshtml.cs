using Microsoft.AspNetCore.Mvc;
using OgpBot.Staff.Accounts;
using OgpBot.Staff.Deciding;
using OgpBot.Switches;

namespace OgpBot.Staff.Pages;

/// <summary>What staff may switch off at once, each with the reason that citizens read.</summary>
public sealed class SwitchesModel(SwitchBoard board, IServiceProvider services) : StaffPage
{
    private const int LongestReason = 300;

    /// <summary>The names of the switches.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [SwitchBoard.Consultation, SwitchBoard.OfChannel("web"), SwitchBoard.OfChannel("telegram"), SwitchBoard.OfChannel("botframework"), SwitchBoard.Model, SwitchBoard.Banner];

    public void OnGet() => Title = T("switches.title");

    public async Task<IActionResult> OnPostAsync(string? name, string? reason, bool off, CancellationToken cancellationToken)
    {
        if (!May(StaffRole.Coordinator))
        {
            return Forbid();
        }

        if (!Names.Contains(name) || (off && (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)))
        {
            (Title, Problem) = (T("switches.title"), T("switches.no_reason"));
            return Page();
        }

        await services.GetRequiredService<SwitchDesk>().SetAsync(StaffId, name!, off ? reason!.Trim() : null, cancellationToken);
        Told = T("switches.done");
        return LocalRedirect("/staff/switches");
    }

    /// <summary>The reason of a switch that is set; null: it is as always.</summary>
    public string? ReasonOf(string name) => board.ReasonOf(name);

    /// <summary>The name that people read.</summary>
    public string NameOf(string name) => T($"switches.{name.Replace(':', '_')}");
}
