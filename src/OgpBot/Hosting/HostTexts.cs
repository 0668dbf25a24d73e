using OgpBot.Archive.Answers;
using OgpBot.Archive.Plan;
using OgpBot.Calls;
using OgpBot.Dialogs;
using OgpBot.Pages;
using OgpBot.Pages.Plan;
using OgpBot.Privacy;
using OgpBot.Settings;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Own;
using OgpBot.Submissions.Review;

namespace OgpBot.Hosting;

/// <summary>What the host offers to the dialogs: calls, facts and fields; and the texts that it shows itself.</summary>
internal static class HostTexts
{
    private static readonly string[] Keys =
    [
        "host.turn_failed", "host.reminder", "host.edited", "host.group", "host.channel_closed", "host.old_button", "host.telegram_short", "host.telegram_about",
        "host.command_start", "host.command_menu", "host.command_help", "host.command_cancel", "host.command_language", "host.text_only", "host.file_unread", "host.not_kept",
        "host.privacy_title", "host.privacy_who", "host.privacy_purpose", "host.privacy_published", "host.privacy_published_text",
        "host.privacy_retention", "host.privacy_retention_text", "host.privacy_processors", "host.privacy_processors_none",
        "host.privacy_model", "host.privacy_model_own",
        "host.privacy_browser", "host.privacy_browser_text", "host.privacy_rights", "host.privacy_version", "host.privacy_back",
        .. PageTexts.Keys, .. AnswerPipeline.TextKeys, .. SideQuestionHandler.TextKeys,
        "host.command_mine", "host.command_mydata", .. ReviewStates.TextKeys, .. SubmissionWords.TextKeys, .. ConversationData.TextKeys, .. NoticeData.TextKeys,
        "host.command_status", .. PlanWords.Keys, .. PlanParts.Keys, .. PlanFeed.Keys,
    ];

    internal static HostContract Contract(IEnumerable<ICallHandler> handlers, OgpBotOptions options) => new(
        [.. handlers.Select(handler => handler.Contract)],
        Keys,
        new Dictionary<string, string>
        {
            ["privacy_link"] = $"{options.Site}/privacidad",
            ["site_link"] = $"{options.Site}/",
            ["plan_link"] = $"{options.Site}/plan",
        })
    {
        Finds = new Dictionary<string, Func<Consultation, string, bool>> { ["folio"] = (consultation, text) => Folio.IsIn(text, consultation.FolioPrefix) },
        Fields = FieldValues.WithColumn,
    };
}
