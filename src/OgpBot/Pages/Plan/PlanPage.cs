using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using OgpBot.Archive.Plan;
using OgpBot.Dialogs;

namespace OgpBot.Pages.Plan;

/// <summary>
/// The public page <c>/plan</c>: <c>wwwroot/plan.html</c> filled with what <c>archive/process.yaml</c> tells. It is made once for each version of that file and
/// each language. It works without JavaScript, and says nothing by colour alone.
/// </summary>
internal sealed class PlanPage(Lazy<DialogLibrary> library, Lazy<PlanFile> file, PageAssets assets, IWebHostEnvironment environment)
{
    private const string Template = "plan.html";

    private readonly string template = File.ReadAllText(Path.Combine(environment.WebRootPath, Template));
    private readonly ConditionalWeakTable<PlanStatus, ConcurrentDictionary<string, CompressedText>> made = [];

    /// <summary>The page in a language; Spanish where it is not known.</summary>
    internal CompressedText In(string? language)
    {
        var known = library.Value.LanguageOf(language) ?? LocalizedText.DefaultLanguage;
        var plan = file.Value.Current;
        return made.GetOrCreateValue(plan).GetOrAdd(known, _ => Make(plan, known));
    }

    private CompressedText Make(PlanStatus plan, string language)
    {
        var texts = new PageTexts(library.Value, language);
        var parts = new PlanParts(plan, library.Value.Texts[language]);
        var page = PageTemplate.Render(Template, template, name => name switch
        {
            "html:languages" => texts.OtherLanguages("/plan"),
            "html:summary" => parts.Summary(),
            "html:as_of" => parts.AsOf(),
            "html:as_of_note" => Html(plan.AsOf.Note.In(language)),
            "html:chart" => parts.Chart(),
            "html:stages" => parts.Stages(),
            "html:unknown" => parts.Unknown(),
            "html:events" => parts.Events(),
            "html:groups" => parts.Groups(),
            "html:axes" => parts.Axes(),
            "html:articles" => parts.Articles(),
            "html:documents" => parts.Documents(),
            _ when name.StartsWith("asset:", StringComparison.Ordinal) => assets.AddressOf(name[6..]),
            _ => Html(texts.Find(name)),
        });
        return new CompressedText(page, "text/html; charset=utf-8");
    }

    private static string? Html(string? text) => text is null ? null : WebUtility.HtmlEncode(text);
}
