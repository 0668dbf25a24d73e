using System.Text;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Text;

namespace OgpBot.Archive.Documents;

/// <summary>
/// Reads the text of <c>.html</c> files: headings, paragraphs, items and the rows of tables. Menus and the like, and what a reader does not see, are left
/// out. No script is run, and nothing is fetched.
/// </summary>
internal sealed partial class HtmlText(CancellationToken cancellation)
{
    // Deeper ones are made to exhaust the stack, never to be read.
    private const int DeepestNesting = 400;

    private static readonly HashSet<string> LeftOut =
    [
        "head", "script", "style", "template", "noscript", "nav", "header", "footer", "aside", "svg", "canvas", "audio", "video", "button", "select",
        "textarea", "datalist", "dialog",
    ];

    // Where a charset is looked for; a little more than browsers do.
    private const int LongestPrologue = 4_096;

    // A table with these within it is there for where things stand.
    private const string Layout = "table, h1, h2, h3, h4, h5, h6";

    private static readonly HashSet<string> LeftOutRoles = ["navigation", "banner", "contentinfo", "search"];

    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "hr", "html", "legend", "main", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "caption", "ul",
    ];

    private readonly TextBlocks blocks = new();
    private readonly List<string> unread = [];

    internal static async Task<DocumentText> ReadAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        // The default configuration has neither a loader nor a script engine. What the text is decoded from is told as in a header, so that no <meta> counts.
        var declared = Charset().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, LongestPrologue))) is { Success: true } match
            ? TextEncoding.Resolve(match.Groups["name"].Value)
            : null;
        using var context = BrowsingContext.New(Configuration.Default);
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(PlainText.Decode(bytes, declared)), writable: false);
        using var document = await context.OpenAsync(response => response.Content(stream, shouldDispose: false).Header("Content-Type", "text/html; charset=utf-8"), cancellationToken);
        var html = new HtmlText(cancellationToken);
        if (document.Body is { } body)
        {
            RefuseDeep(body);
            html.Read((INode)body);
        }

        return new DocumentText(html.blocks.ToString(), html.unread);
    }

    private static void RefuseDeep(INode body)
    {
        var open = new Stack<(INode Node, int Depth)>([(body, 0)]);
        while (open.TryPop(out var next))
        {
            if (next.Depth > DeepestNesting)
            {
                throw new UnreadableDocumentException("its elements are nested too deep");
            }

            foreach (var child in next.Node.ChildNodes)
            {
                open.Push((child, next.Depth + 1));
            }
        }
    }

    private void Read(INode node)
    {
        cancellation.ThrowIfCancellationRequested();
        if (node is IText text)
        {
            blocks.Add(text.Data);
        }
        else if (node is IElement element && !IsLeftOut(element))
        {
            Read(element);
        }
    }

    private void Read(IElement element)
    {
        switch (element.LocalName)
        {
            case ['h', >= '1' and <= '6' and var level]:
                Block(element, $"{new string('#', level - '0')} ");
                break;
            case "li":
                Block(element, TextBlocks.Item);
                break;
            case "tr" when element.QuerySelector(Layout) is null:
                Row(element);
                break;
            case "math":
                Unread("a formula");
                blocks.Add(Passages.Gap);
                break;
            case "iframe":
                Unread("another page");
                break;
            case "object" or "embed":
                Unread("an embedded object");
                break;
            case "br":
                blocks.Add(" ");
                break;
            case "sup" when NoteMark().IsMatch(element.TextContent):
                // A raised number is a mark of a note; where it is none it is written in the line.
                blocks.Add(TextBlocks.Raised(element.TextContent.Trim()));
                break;
            case var name when Blocks.Contains(name):
                Block(element, "");
                break;
            default:
                Children(element);
                break;
        }
    }

    private void Unread(string what) => unread.Add($"{what} ({blocks.Place})");

    private void Block(IElement element, string mark)
    {
        blocks.Begin(mark);
        Children(element);
        blocks.End();
    }

    private void Row(IElement row)
    {
        blocks.Begin(TextBlocks.Item);
        foreach (var cell in row.Children.Where(cell => !IsLeftOut(cell)))
        {
            blocks.InCell(() => Children(cell));
        }

        blocks.End();
    }

    private void Children(IElement element)
    {
        foreach (var child in element.ChildNodes)
        {
            Read(child);
        }
    }

    private static bool IsLeftOut(IElement element) =>
        LeftOut.Contains(element.LocalName) || element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true"
        || LeftOutRoles.Contains(element.GetAttribute("role") ?? "") || (element.GetAttribute("style") is { } style && Hidden().IsMatch(style));

    [GeneratedRegex(@"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<meta\s[^>]*?charset\s*=\s*[""']?\s*(?<name>[\w:.-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();

    [GeneratedRegex(@"^\s*\[?\d{1,3}\]?\s*$")]
    private static partial Regex NoteMark();
}
