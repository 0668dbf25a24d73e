using System.Collections.Concurrent;
using System.Net;
using OgpBot.Dialogs;
using OgpBot.Switches;

namespace OgpBot.Pages;

/// <summary>
/// The citizen's page at <c>/</c>: <c>wwwroot/index.html</c> filled with the texts of a language. It holds nothing of one citizen; only the
/// state of the consultation changes with time, so a few versions are made, compressed and kept.
/// </summary>
internal sealed class IndexPage(Lazy<DialogLibrary> library, PageAssets assets, IWebHostEnvironment environment, SwitchBoard switches, TimeProvider clock)
{
    private const string File = "index.html";

    private readonly string template = System.IO.File.ReadAllText(Path.Combine(environment.WebRootPath, File));
    private readonly ConcurrentDictionary<(string Language, string Opening), CompressedText> made = new();

    /// <summary>The page in a language; Spanish where it is not known, whatever language the browser prefers: the consultation is held in it.</summary>
    internal CompressedText In(string? language)
    {
        var texts = new PageTexts(library.Value, library.Value.LanguageOf(language) ?? LocalizedText.DefaultLanguage);
        return made.GetOrAdd((texts.Language, OpeningSentence.At(clock.GetUtcNow(), library.Value, switches, texts)), key => Make(texts, key.Opening));
    }

    private CompressedText Make(PageTexts texts, string opening) => new(
        PageTemplate.Render(File, template, name => name switch
        {
            "lang" => texts.Language,
            "languages_links" => texts.OtherLanguages("/"),
            "opening" => Html(opening),
            "data" => JsonText.Write(PageData.Of(library.Value, texts)),
            _ when name.StartsWith("asset:", StringComparison.Ordinal) => assets.AddressOf(name[6..]),
            _ => Html(texts.Find(name)),
        }),
        "text/html; charset=utf-8");

    private static string? Html(string? text) => text is null ? null : WebUtility.HtmlEncode(text);
}
