using System.Globalization;
using System.Net;
using OgpBot.Dialogs;
using OgpBot.Llm;

namespace OgpBot.Pages;

/// <summary><c>/privacidad</c>: the notice as the data tell it, in both languages.</summary>
internal static class PrivacyPage
{
    internal static void MapPrivacy(this IEndpointRouteBuilder app) => app.MapMethods("/privacidad", PagesRoom.Read, (string? lang, Lazy<DialogLibrary> library, PageAssets assets, LanguageModel model) =>
        Results.Text(Render(library.Value, assets, model, library.Value.LanguageOf(lang) ?? LocalizedText.DefaultLanguage), "text/html; charset=utf-8"));

    private static string Render(DialogLibrary library, PageAssets assets, LanguageModel model, string language)
    {
        var texts = library.Texts[language];
        var privacy = library.Consultation.Privacy;
        var retention = texts["host.privacy_retention_text"]!.Render(_ => privacy.RetentionDays.ToString(CultureInfo.InvariantCulture));
        var others = string.Join(" · ", library.Texts.Keys.Where(other => other != language).Select(other =>
            $"<a href=\"/privacidad?lang={other}\" lang=\"{other}\" hreflang=\"{other}\">{Html(library.Texts[other].Plain($"language.{other}"))}</a>"));
        return $"""
            <!doctype html>
            <html lang="{language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html(texts.Plain("host.privacy_title"))}</title>
            <link rel="icon" href="{assets.AddressOf(PageAssets.Icon)}" type="image/svg+xml">
            <link rel="stylesheet" href="{assets.AddressOf(PageAssets.Styles)}">
            </head>
            <body>
            <header>
            <div class="wide">
            <img src="{assets.AddressOf(PageAssets.Icon)}" alt="" width="48" height="48">
            <p>{Html(texts.Plain("page.name"))}</p>
            <nav aria-label="{Html(texts.Plain("page.languages"))}">{others}</nav>
            </div>
            </header>
            <main class="wide text">
            <h1>{Html(texts.Plain("host.privacy_title"))}</h1>
            <p>{Html(library.Consultation.Title.In(language))}</p>
            {Section(texts, "who", privacy.Body.In(language))}
            {Section(texts, "purpose", privacy.Purpose.In(language))}
            {Section(texts, "published", texts.Plain("host.privacy_published_text"))}
            {Section(texts, "retention", retention)}
            {Section(texts, "processors", Processors(texts, privacy.Processors, model))}
            {Section(texts, "browser", texts.Plain("host.privacy_browser_text"))}
            {Section(texts, "rights", privacy.Rights.In(language))}
            <p>{Html(texts["host.privacy_version"]!.Render(_ => privacy.Version))}</p>
            <p><a href="/?lang={language}">{Html(texts.Plain("host.privacy_back"))}</a></p>
            </main>
            </body>
            </html>
            """;
    }

    // What is done on this machine is nobody else's, though the data name it as a host.
    private static string Processors(Texts texts, IEnumerable<string> hosts, LanguageModel model)
    {
        var others = string.Join(", ", hosts.Where(host => !model.IsOnThisMachine || !host.Equals(model.Host, StringComparison.OrdinalIgnoreCase)));
        var told = others.Length > 0 ? others : texts.Plain("host.privacy_processors_none").TrimEnd('.');
        return model.Host is not { } asked ? $"{told}."
            : $"{told}. {(model.IsOnThisMachine ? texts.Plain("host.privacy_model_own") : texts["host.privacy_model"]!.Render(_ => asked))}";
    }

    private static string Section(Texts texts, string key, string text) => $"<h2>{Html(texts.Plain($"host.privacy_{key}"))}</h2>\n<p>{Html(text)}</p>";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
