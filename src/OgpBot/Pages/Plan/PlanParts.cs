using System.Net;
using OgpBot.Archive;
using OgpBot.Archive.Plan;
using OgpBot.Dialogs;

namespace OgpBot.Pages.Plan;

/// <summary>The lists of the plan's page, in HTML.</summary>
internal sealed class PlanParts(PlanStatus plan, Texts texts)
{
    /// <summary>Texts that must be there; those of the template are asked for by the template.</summary>
    internal static readonly string[] Keys =
    [
        .. new[]
        {
            "as_of", "chart", "chart_text", "chart_end", "legend_actual", "legend_planned", "legend_overdue", "legend_pause", "no_dates",
            "planned", "actual", "actual_pause", "no_planned", "no_actual", "source", "transversal", "kind_civil_society", "kind_body", "kind_person", "joined",
            "left", "people", "article", "open",
        }.Select(name => $"page.plan.{name}"),
    ];

    private readonly PlanWords words = new(texts);

    // The first sentence says it; who reads on learns why.
    internal string Summary()
    {
        var summary = plan.Summary.In(texts.Language);
        var end = summary.IndexOf(". ", StringComparison.Ordinal) + 1;
        return end > 0 ? $"<p class=\"lead\">{Html(summary[..end])}</p>\n<p>{Html(summary[(end + 1)..])}</p>" : $"<p class=\"lead\">{Html(summary)}</p>";
    }

    internal string AsOf() => Html(Say("as_of", words.Of(plan.AsOf.Date)));

    internal string Chart()
    {
        (string Mark, string Text)[] legend =
        [
            ("<rect class=\"was\" x=\"4\" y=\"4\" width=\"20\" height=\"6\"/>", "legend_actual"),
            ("<rect class=\"due\" x=\"2\" y=\"2\" width=\"24\" height=\"10\"/>", "legend_planned"),
            ("<line class=\"overdue\" x1=\"1\" x2=\"27\" y1=\"7\" y2=\"7\"/>", "legend_overdue"),
            ("<rect class=\"pause\" width=\"28\" height=\"14\"/>", "legend_pause"),
            ("<rect class=\"dark\" x=\"7\" width=\"21\" height=\"14\"/><line class=\"end\" x1=\"7\" x2=\"7\" y1=\"0\" y2=\"14\"/>", "chart_end"),
        ];
        return $"""
            <div class="chart">{new PlanChart(plan, words, Say).Draw()}
            <ul class="legend">{string.Concat(legend.Select(entry => $"<li><svg aria-hidden=\"true\" width=\"28\" height=\"14\">{entry.Mark}</svg>{Html(Say(entry.Text))}</li>"))}</ul></div>
            """;
    }

    internal string Stages() => Lines(plan.Stages, stage => $"""
        <li id="stage-{Html(stage.Id)}" class="{(stage.IsPause ? "pause " : "")}{stage.State.ToString().ToLowerInvariant()}">
        <h3>{In(stage.Name)}</h3>
        <p class="mark"><span aria-hidden="true">{PlanWords.SignOf(stage.State)}</span> {Html(words.WordOf(stage))}</p>
        {Dates(stage)}
        <p>{In(stage.Note)}</p>
        <p><small>{Html(Say("source"))}: {Pointers(stage.Sources)}</small></p>
        </li>
        """);

    internal string Unknown() => Lines(plan.Unknown, text => $"<li>{In(text)}</li>");

    internal string Events() => Lines(plan.Events, happened =>
        $"<li><b>{Html(words.Of(happened.Date))}{(happened.Estimated ? $" ({Html(words.Estimated)})" : "")}</b> <span>{In(happened.What)} {References(happened.Sources)}</span></li>");

    internal string Groups() => Lines(plan.Groups, group => $"""
        <details id="group-{Html(group.Id)}"><summary><h3>{In(group.Name)}</h3> ({group.Members.Count})</summary><ul>
        {Lines(group.Members, Member)}
        </ul></details>
        """);

    internal string Axes() => Lines(plan.Axes, axis => $"""
        <li><h3>{axis.Number}. {In(axis.Name)}{(axis.Transversal ? $" <small>({Html(Say("transversal"))})</small>" : "")}</h3>
        {Html(string.Join("; ", axis.Bodies))}. {References(axis.Sources)}</li>
        """);

    internal string Articles() => Lines(plan.Articles.GroupBy(article => article.Law), law => $"""
        <h3>{Html(law.Key)}</h3><ul class="articles">
        {Lines(law, article => $"<li>{(article.Article.Length > 0 ? $"<b>{Html(Say("article", article.Article))}.</b> " : "")}{In(article.About)} {References(article.Sources)}</li>")}
        </ul>
        """);

    internal string Documents() => Lines(plan.Documents, source => $"""
        <li id="doc-{Html(source.Id)}"><b>{NumberOf(source.Id)}. {Html(source.Title)}</b>
        <small>{Html(source.Publisher)}, {Html(words.DateOf(source))}{(IsWeb(source.Url) ? $" · <a href=\"{Html(source.Url)}\" rel=\"noopener noreferrer\">{Html(Say("open"))}</a>" : "")}</small></li>
        """);

    private string Member(PlanMember member)
    {
        string[] facts =
        [
            Say($"kind_{member.Kind}"),
            .. member.Joined is { } joined ? [Say("joined", words.Of(joined))] : Array.Empty<string>(),
            .. member.Left is { } left ? [Say("left", words.Of(left))] : Array.Empty<string>(),
        ];
        return $"""
            <li><b>{Html(member.Name)}</b> · {Html(string.Join(" · ", facts))} {References(member.Sources)}
            {(member.Note is null ? "" : $"<small>{In(member.Note)}</small>")}{(member.People.Count == 0 ? "" : $"<small>{Html(Say("people", string.Join(", ", member.People)))}</small>")}</li>
            """;
    }

    // Of a stage both are told, or that they are not known; nobody plans a pause.
    private string Dates(PlanStage stage) => stage switch
    {
        { IsPause: true, Actual: null } => "",
        { IsPause: true } => $"<dl>{Date("actual_pause", stage.Actual, "no_actual")}</dl>",
        _ => $"<dl>{Date("planned", stage.Planned, "no_planned")}{Date("actual", stage.Actual, "no_actual")}</dl>",
    };

    private string Date(string label, PlanDate? date, string none) =>
        $"<dt>{Html(Say(label))}</dt>{(date is null ? $"<dd class=\"none\">{Html(Say(none))}</dd>" : $"<dd>{Html(words.Of(date))}</dd>")}";

    // «Memoria del Proceso … (2023)», with the sections where it says so.
    private string Pointers(IReadOnlyList<SourcePointer> pointers) => string.Join("; ", pointers.GroupBy(pointer => pointer.Document).Select(document =>
        $"<a href=\"#doc-{Html(document.Key)}\">{Html(words.Of(plan.Documents.First(source => source.Id == document.Key)))}</a>"
        + string.Concat(document.Select(pointer => pointer.Section).Where(section => section.Length > 0).Distinct().Select(section => $", «{Html(section.TrimEnd('.'))}»"))));

    // Where lines are many and short the number of the document is enough.
    private string References(IReadOnlyList<SourcePointer> pointers) => string.Join(' ', pointers.Select(pointer => pointer.Document).Distinct().Select(document =>
        $"<a class=\"ref\" href=\"#doc-{Html(document)}\" aria-label=\"[{NumberOf(document)}] {Html(Say("source"))}: {Html(words.Of(plan.Documents[NumberOf(document) - 1]))}\">[{NumberOf(document)}]</a>"));

    private int NumberOf(string document) => plan.Documents.Index().First(entry => entry.Item.Id == document).Index + 1;

    // Data, not a script: only addresses of the web become links.
    private static bool IsWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    private static string Lines<T>(IEnumerable<T> items, Func<T, string> line) => string.Join('\n', items.Select(line));

    private string Say(string name) => texts.Plain($"page.plan.{name}");

    private string Say(string name, string value) => texts[$"page.plan.{name}"]!.Render(_ => value);

    private string In(LocalizedText text) => Html(text.In(texts.Language));

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
