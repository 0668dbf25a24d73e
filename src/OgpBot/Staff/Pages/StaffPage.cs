using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using OgpBot.Dialogs;
using OgpBot.Staff.Accounts;
using OgpBot.Submissions;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Pages;

/// <summary>What every page of the desk has: its language, its texts, and who is signed in.</summary>
public abstract class StaffPage : PageModel
{
    /// <summary>The cookie that keeps the language that a person chose at the desk.</summary>
    internal const string LanguageCookie = "ogpbot-desk-language";

    private string? language;

    /// <summary>The language of the page: as chosen, else the default one.</summary>
    public string Language => language ??= Texts.Languages.FirstOrDefault(known => known == Request.Cookies[LanguageCookie]) ?? LocalizedText.DefaultLanguage;

    /// <summary>The title in the browser's tab and at the top of the page.</summary>
    public string Title { get; protected set; } = "";

    /// <summary>What came of the last act, told once at the top of the page.</summary>
    [TempData]
    public string? Told { get; set; }

    /// <summary>What was wrong with what was sent, told at the top of the page and read out first.</summary>
    public string? Problem { get; protected set; }

    /// <summary>The role of who is signed in; null on the pages before.</summary>
    public StaffRole? Role => StaffPolicies.RoleOf(User);

    internal string StaffId => StaffPolicies.IdOf(User);

    internal StaffTexts Texts => HttpContext.RequestServices.GetRequiredService<Lazy<StaffTexts>>().Value;

    internal DialogLibrary Library => HttpContext.RequestServices.GetRequiredService<Lazy<DialogLibrary>>().Value;

    /// <summary>A text of the desk in the page's language.</summary>
    public string T(string key, params string[] values) => Texts.Say(Language, key, values);

    /// <summary>A state's name.</summary>
    public string StateName(ReviewState state) => ReviewStates.Name(state, Library.Texts.GetValueOrDefault(Language, Library.Texts[LocalizedText.DefaultLanguage]));

    /// <summary>The name of a person of the staff.</summary>
    internal string NameIn(IReadOnlyDictionary<string, StaffMember> people, string staffId) =>
        people.TryGetValue(staffId, out var member) ? member.Name : T("submission.someone");

    /// <summary>Whether who is signed in may do what a role may.</summary>
    public bool May(StaffRole role) => Role >= role;
}
