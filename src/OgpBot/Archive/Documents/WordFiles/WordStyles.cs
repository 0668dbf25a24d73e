using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Wordprocessing;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Documents.WordFiles;

/// <summary>Tells from a paragraph's style what it is: a heading (by outline level or English or Spanish name), an item, a line of the contents.</summary>
internal sealed partial class WordStyles
{
    // The outline level of text (https://learn.microsoft.com/dotnet/api/documentformat.openxml.wordprocessing.outlinelevel).
    private const int TextLevel = 9;
    private const int DeepestHeading = 6;
    private const int LongestChain = 20;

    private readonly Dictionary<string, Style> styles = [];

    internal WordStyles(Styles? known)
    {
        foreach (var style in known?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
            {
                styles.TryAdd(id, style);
            }
        }
    }

    /// <returns>1 to 6; 0: no heading.</returns>
    internal int HeadingOf(Paragraph paragraph)
    {
        var own = paragraph.ParagraphProperties?.OutlineLevel?.Val?.Value;
        var chain = StylesOf(paragraph).ToList();
        var level = own ?? chain.Select(style => style.Style?.StyleParagraphProperties?.OutlineLevel?.Val?.Value).FirstOrDefault(level => level is not null);
        return level is { } known
            ? known < TextLevel ? Math.Min(known + 1, DeepestHeading) : 0
            : chain.Select(style => ByName(style.Name)).FirstOrDefault(found => found > 0);
    }

    internal bool IsItem(Paragraph paragraph)
    {
        var numbering = paragraph.ParagraphProperties?.NumberingProperties
            ?? StylesOf(paragraph).Select(style => style.Style?.StyleParagraphProperties?.NumberingProperties).FirstOrDefault(numbering => numbering is not null);

        // Number 0 takes the list of the style away.
        return numbering is not null && numbering.NumberingId?.Val?.Value != 0;
    }

    internal bool IsContents(Paragraph paragraph) => StylesOf(paragraph).Any(style => Contents().IsMatch(TextFold.Fold(style.Name)));

    private static int ByName(string name) => Heading().Match(TextFold.Fold(name)) is { Success: true } match
        ? match.Groups["level"] is { Success: true } level ? Math.Min(level.Value[0] - '0', DeepestHeading) : 1
        : 0;

    // A style and those that it is based on. One that is not described is still told by its id.
    private IEnumerable<(string Name, Style? Style)> StylesOf(Paragraph paragraph)
    {
        var id = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        for (var at = 0; id is not null && at < LongestChain; at++)
        {
            var style = styles.GetValueOrDefault(id);
            yield return (style?.StyleName?.Val?.Value ?? id, style);
            id = style?.BasedOn?.Val?.Value;
        }
    }

    // Word drops accents from ids: `Ttulo1` is the id of «Título 1».
    [GeneratedRegex("^(?:(?:heading|titulo|ttulo|encabezado) ?(?<level>[1-9])|title|titulo|ttulo|puesto)$")]
    private static partial Regex Heading();

    [GeneratedRegex("^(?:toc|tdc) ?[1-9]$")]
    private static partial Regex Contents();
}
