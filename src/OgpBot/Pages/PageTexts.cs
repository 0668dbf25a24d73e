using System.Net;
using OgpBot.Dialogs;

namespace OgpBot.Pages;

/// <summary>What the pages say in one language: section <c>page</c> of <c>texts.xx.yaml</c>, with the facts of the consultation.</summary>
internal sealed class PageTexts(DialogLibrary library, string language)
{
    private const string Section = "page.";

    // Those that the script says.
    private const string LiveSection = "page.live.";

    /// <summary>Texts that must be there in every language; those of the template are asked for by the template.</summary>
    internal static readonly string[] Keys =
    [
        "page.opening_open", "page.opening_open_until", "page.opening_not_yet", "page.opening_closed", "page.opening_paused",
        .. new[]
        {
            "you", "bot", "connecting", "connected", "offline", "sending", "waiting", "not_kept", "refused", "typing", "folio", "copy", "copied",
            "print", "save", "filed", "letters_left", "letters_over", "offered_text", "offered_choice", "offered_receipt", "key", "qr", "qr_text", "begun_again", "left", "left_again",
        }.Select(name => LiveSection + name),
    ];

    private readonly Texts texts = library.Texts[language];

    internal string Language => language;

    /// <summary>A text of the section or a fact of the consultation; null where there is neither.</summary>
    internal string? Find(string name) => name == "lang" ? language : texts[Section + name] is { } text ? Render(text) : library.Constants.GetValueOrDefault(name)?.In(language);

    /// <summary>Links to the same page in the other languages, in HTML.</summary>
    internal string OtherLanguages(string path) => string.Join(' ', library.Texts.Values.Where(other => other != texts).Select(other =>
        $"<a href=\"{path}?lang={other.Language}\" lang=\"{other.Language}\" hreflang=\"{other.Language}\">"
        + $"{WebUtility.HtmlEncode(other.Plain($"language.{other.Language}"))}</a>"));

    internal string Plain(string key) => texts.Plain(key);

    internal string Opening(string name, IReadOnlyDictionary<string, string> values) => texts[$"{Section}opening_{name}"]!.Render(values.GetValueOrDefault);

    internal IReadOnlyDictionary<string, string> Live() => texts.Keys.Where(key => key.StartsWith(LiveSection, StringComparison.Ordinal))
        .ToDictionary(key => key[LiveSection.Length..], key => Render(texts[key]!));

    // A name that is no fact, such as {n}, is filled in by the script.
    private string Render(TextTemplate text) => text.Render(name => library.Constants.GetValueOrDefault(name)?.In(language) ?? $"{{{name}}}");
}
