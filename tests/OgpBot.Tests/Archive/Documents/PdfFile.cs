using System.Globalization;
using System.Text;

namespace OgpBot.Tests.Archive.Documents;

/// <summary>Small <c>.pdf</c> files, drawn text by text (https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf, 7.5). PdfPig's own writer has no accents.</summary>
internal sealed class PdfFile
{
    private readonly StringBuilder content = new("BT\n");

    private PdfFile()
    {
    }

    /// <summary>A file of US letter pages, 612 by 792 points.</summary>
    internal static byte[] Of(params Action<PdfFile>[] pages) => Of(trailer: "", pages);

    internal static byte[] Of(string trailer, params Action<PdfFile>[] pages)
    {
        List<string> objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, at) => $"{4 + (2 * at)} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ];
        foreach (var draw in pages)
        {
            var page = new PdfFile();
            draw(page);
            page.content.Append("ET");
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {objects.Count + 2} 0 R >>");
            objects.Add($"<< /Length {page.content.Length} >>\nstream\n{page.content}\nendstream");
        }

        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var at = 0; at < objects.Count; at++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{at + 1} 0 obj\n{objects[at]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    /// <summary>Draws a line, as a page without letters may have.</summary>
    internal void Line() => content.Append("ET 72 700 m 300 700 l S BT\n");

    internal void Upright(double x, double y, string text) => content.Append(CultureInfo.InvariantCulture, $"/F1 9 Tf 0 1 -1 0 {x} {y} Tm ({text}) Tj\n");

    internal void At(double x, double y, string text, double size = 11) =>
        content.Append(CultureInfo.InvariantCulture, $"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj\n");
}
