using System.Text.RegularExpressions;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis;
using UglyToad.PdfPig.DocumentLayoutAnalysis.WordExtractor;
using UglyToad.PdfPig.Exceptions;

namespace OgpBot.Archive.Documents.PdfFiles;

/// <summary>
/// Reads the text of <c>.pdf</c> files. PdfPig tells where each letter stands; <see cref="PdfLayout"/> finds the order of reading. What stands at the same
/// place of three or more pages is a running head or foot and is left out.
/// </summary>
internal static partial class PdfText
{
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    // A row that stands at the edge of so many pages is a running head or foot.
    private const int FewestRepeats = 3;
    private const double Margin = 0.15;

    private static readonly ParsingOptions Lenient = new() { UseLenientParsing = true, SkipMissingFonts = true };

    // A raised mark of a note is no part of the word that it stands at.
    private static readonly NearestNeighbourWordExtractor Words = new(new NearestNeighbourWordExtractor.NearestNeighbourWordExtractorOptions
    {
        Filter = (letter, next) => !string.IsNullOrWhiteSpace(next.Value) && next.PointSize < letter.PointSize * 1.2 && letter.PointSize < next.PointSize * 1.2,
    });

    internal static async Task<DocumentText> ReadAsync(byte[] bytes, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(longest);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, time.Token);
        try
        {
            // A page that takes for ever can't be ended, but nobody waits for it.
            return await Task.Run(() => Read(bytes, limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnreadableDocumentException($"it could not be read within {longest.TotalSeconds:0} seconds");
        }
    }

    private static DocumentText Read(byte[] bytes, CancellationToken cancellationToken)
    {
        var pages = new List<PdfPage>();
        try
        {
            using var document = PdfDocument.Open(bytes, Lenient);
            DocumentReader.RefusePages(document.NumberOfPages);
            for (var number = 1; number <= document.NumberOfPages; number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                pages.Add(Of(document.GetPage(number)));
            }
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new UnreadableDocumentException("it is protected by a password; add a copy without one");
        }
        catch (Exception error) when (error is not (UnreadableDocumentException or OperationCanceledException))
        {
            // What the library throws at bytes that are no PDF is not one kind of error.
            throw new UnreadableDocumentException("it is no PDF file, or it is broken");
        }

        var pictures = Enumerable.Range(1, pages.Count).Where(page => pages[page - 1] is { IsEmpty: true, IsDrawn: true });
        return pages.TrueForAll(page => page.IsEmpty)
            ? throw new UnreadableDocumentException(
                "it holds no text, its pages are pictures; have them recognised (OCR) first, or add the document as .docx, .html or .txt")
            : new DocumentText(Write(pages, cancellationToken), [.. pictures.Select(page => $"page {page} (it holds no text; is it a picture?)")]);
    }

    private static PdfPage Of(Page page)
    {
        // What was drawn twice to look bold is one. Words that stand upright at the margin are no part of the lines beside them.
        var words = Words.GetWords(DuplicateOverlappingTextProcessor.Get(page.Letters)).Where(word => !string.IsNullOrWhiteSpace(word.Text))
            .ToLookup(word => word.TextOrientation is TextOrientation.Horizontal);
        var turned = string.Join(' ', words[false].OrderBy(word => word.Letters[0].TextSequence).Select(word => word.Text));
        return new PdfPage([.. words[true].Select(PdfWord.Of)], turned, page.Height, page.NumberOfImages > 0 || page.Paths.Count > 0);
    }

    private static string Write(List<PdfPage> pages, CancellationToken cancellationToken)
    {
        RemoveHeadsAndFeet(pages);
        var hyphened = pages.SelectMany(page => page.Words).Select(word => word.Text).Where(word => word.Contains('-', StringComparison.Ordinal)).ToHashSet();
        var blocks = new TextBlocks();
        foreach (var page in pages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PdfLayout.Write(page.Words, blocks, hyphened);
            blocks.Begin("");
            blocks.Add(page.Turned);
            blocks.EndPage();
        }

        return blocks.ToString();
    }

    private static void RemoveHeadsAndFeet(List<PdfPage> pages)
    {
        var sizes = pages.SelectMany(page => page.Words).Select(word => word.Size).Order().ToList();
        var usual = sizes.Count == 0 ? 0 : sizes[sizes.Count / 2];
        var edges = pages.SelectMany(page => new[] { Edge(page, top: true), Edge(page, top: false) }.Select(rows => (page.Words, Rows: rows))).ToList();

        // Headings are larger than the text; heads and feet are not.
        var common = edges.SelectMany(edge => edge.Rows.Where(row => row.Max(word => word.Size) < usual * 1.1).Select(Key).Distinct())
            .GroupBy(key => key).Where(group => group.Count() >= FewestRepeats).Select(group => group.Key).ToHashSet();
        foreach (var (words, rows) in edges)
        {
            foreach (var row in rows.TakeWhile(row => common.Contains(Key(row)) || Passages.IsPageNumber(TextOf(row))))
            {
                words.RemoveAll(row.Contains);
            }
        }
    }

    private static List<List<PdfWord>> Edge(PdfPage page, bool top)
    {
        var rows = PdfLayout.Rows(page.Words);
        if (!top)
        {
            rows.Reverse();
        }

        return [.. rows.TakeWhile(row => top ? row.Min(word => word.Baseline) > (1 - Margin) * page.Height : row.Max(word => word.Baseline) < Margin * page.Height)];
    }

    // Numbers of pages differ.
    private static (int Height, string Text) Key(List<PdfWord> row) =>
        ((int)Math.Round(row.Min(word => word.Baseline) / 4), Number().Replace(TextOf(row), "#"));

    private static string TextOf(List<PdfWord> row) => string.Join(' ', row.OrderBy(word => word.Left).Select(word => word.Text));

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();

    private sealed record PdfPage(List<PdfWord> Words, string Turned, double Height, bool IsDrawn)
    {
        internal bool IsEmpty => Words.Count == 0 && Turned.Length == 0;
    }
}
