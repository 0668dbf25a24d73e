using System.Text;
using System.Text.RegularExpressions;

namespace OgpBot.Archive.Documents.PdfFiles;

/// <summary>A line of a page, or a row of a table, in points from the lower left corner of the page.</summary>
/// <param name="FirstWidth">That of its first word.</param>
/// <param name="Edge">How far to the right the lines of its column go.</param>
/// <param name="Cells">Those of a row of a table.</param>
internal sealed partial record PdfLine(
    string Text, double Left, double Right, double FirstWidth, double Edge, double Baseline, double Size, List<string>? Cells = null)
{
    internal static PdfLine Of(List<PdfWord> words, double edge)
    {
        var size = words.Max(word => word.Size);
        var baselines = words.Where(word => word.Size > 0.9 * size).Select(word => word.Baseline).ToList();
        var baseline = baselines.Min();

        // Lines that overlap stand as they were drawn.
        var ordered = (baselines.Max() - baseline < 0.4 * size ? words.OrderBy(word => word.Left) : words.OrderBy(word => word.Order).ThenBy(word => word.Left)).ToList();
        var text = new StringBuilder();
        PdfWord? before = null;
        foreach (var word in ordered)
        {
            var raised = word.Size < 0.85 * size && word.Baseline > baseline + (0.1 * size) && NoteMark().IsMatch(word.Text);
            text.Append(before is null || raised || Touches(before, word) ? "" : " ").Append(raised ? TextBlocks.Raised(word.Text) : word.Text);
            text.Append(raised && before is null ? " " : "");
            before = raised && before is null ? null : word;
        }

        return new PdfLine(text.ToString(), ordered[0].Left, words.Max(word => word.Right), ordered[0].Right - ordered[0].Left, edge, baseline, size);
    }

    internal static PdfLine Of(List<(PdfWord Word, int Column)> row)
    {
        var cells = row.GroupBy(item => item.Column, item => item.Word).Select(cell => Of([.. cell], 0).Text).ToList();
        return Of([.. row.Select(item => item.Word)], 0) with { Cells = cells };
    }

    private static bool Touches(PdfWord word, PdfWord next) =>
        next.Left >= word.Left && next.Left - word.Right < 0.05 * next.Size && next.Top > word.Bottom && word.Top > next.Bottom;

    [GeneratedRegex(@"^\[?\d{1,3}\]?$")]
    private static partial Regex NoteMark();
}
