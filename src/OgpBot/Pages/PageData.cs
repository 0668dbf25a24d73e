using OgpBot.Conversations.Outbox;
using OgpBot.Dialogs;

namespace OgpBot.Pages;

/// <summary>What the script gets with the page, so that the first buttons are there before anything else is fetched.</summary>
/// <param name="Lang">The language of the page.</param>
/// <param name="Title">The consultation's title, for the copy that a citizen keeps.</param>
/// <param name="Say">The sentences of the script.</param>
/// <param name="Welcome">How every conversation begins.</param>
/// <param name="Start">The choice that begins a submission, for links such as <c>/?eje=3</c>.</param>
/// <param name="Axes">The labels of the axes by id, for the same links.</param>
/// <param name="Mine">How a receipt's code opens what was filed.</param>
/// <param name="Erased">The bot's last word after all was erased.</param>
/// <param name="Languages">What to say to the bot to change to each language, and how it confirms.</param>
internal sealed record PageData(
    string Lang,
    string Title,
    IReadOnlyDictionary<string, string> Say,
    IReadOnlyList<PageActivity> Welcome,
    string Start,
    IReadOnlyDictionary<string, string> Axes,
    PageReceipt Mine,
    string Erased,
    IReadOnlyDictionary<string, PageLanguage> Languages)
{
    internal static PageData Of(DialogLibrary library, PageTexts texts) => new(
        texts.Language,
        library.Consultation.Title.In(texts.Language),
        texts.Live(),
        WelcomeOf(library, texts.Language),
        texts.Plain("main.menu_submit"),
        library.Consultation.Axes.ToDictionary(axis => axis.Id, axis => axis.Title.In(texts.Language)),
        new PageReceipt(texts.Plain("command.mine").Split(',')[0], texts.Plain("mine.folio")),
        texts.Plain("mydata.erased"),
        library.Texts.Values.ToDictionary(other => other.Language, other => new PageLanguage(
            other.Plain("command.language").Split(',')[0],
            other.Plain($"language.{other.Language}"),
            other.Plain("language.changed"))));

    // Where a room is asked first, the welcome is not known beforehand: then it comes with the conversation.
    private static IReadOnlyList<PageActivity> WelcomeOf(DialogLibrary library, string language)
    {
        var slots = new Dictionary<string, Slot> { [DialogEngine.LanguageSlot] = new(language, null), [DialogEngine.ChannelSlot] = new(IChannel.Web, null) };
        var begun = new DialogEngine(library).Begin(new DialogState { Slots = slots });
        return begun.Call is null ? [.. begun.Activities.Select(activity => new PageActivity(activity.Text, activity.Choices))] : [];
    }
}

/// <summary>A message of the welcome.</summary>
internal sealed record PageActivity(string Text, IReadOnlyList<string> Choices);

/// <summary>The bot's command to see what one filed, and its question for the folio.</summary>
internal sealed record PageReceipt(string Command, string Ask);

/// <summary>The bot's command to change the language, the label of this language, and the bot's answer in it.</summary>
internal sealed record PageLanguage(string Command, string Label, string Changed);
