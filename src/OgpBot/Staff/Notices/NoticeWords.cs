using OgpBot.Conversations.Messages;
using OgpBot.Dialogs;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Notices;

/// <summary>The values that the text of a notice shows, in the language that the citizen speaks now.</summary>
public sealed class NoticeWords(Lazy<DialogLibrary> library, Lazy<ReviewRules> rules)
{
    internal NoticeText Of(WaitingNotice notice, Conversation conversation)
    {
        var language = LanguageOf(conversation);
        var decision = notice.Decision;

        // Each has a value, if an empty one: else a slot of the conversation could be taken for it.
        return new NoticeText(notice.Text, new Dictionary<string, string>
        {
            ["folio"] = notice.Folio,
            ["reason"] = rules.Value.ReasonOf(decision?.Reason)?.Label.In(language) ?? "",
            ["words"] = decision?.Words ?? notice.Message ?? "",
            ["other"] = decision?.DuplicateOf ?? "",
            ["next"] = decision is null ? "" : ReviewStates.Next(decision.To, library.Value.Texts[language]),
        });
    }

    private string LanguageOf(Conversation conversation)
    {
        var chosen = DialogState.FromJson(conversation.State).Slots.GetValueOrDefault(DialogEngine.LanguageSlot)?.Value;
        return library.Value.LanguageOf(chosen ?? conversation.Language) ?? LocalizedText.DefaultLanguage;
    }
}
