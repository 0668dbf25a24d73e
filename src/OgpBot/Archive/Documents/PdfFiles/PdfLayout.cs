using System.Text;
using System.Text.RegularExpressions;

namespace OgpBot.Archive.Documents.PdfFiles;

/// <summary>
/// Puts the words of a page in the order of reading. A free strip that runs down through some rows divides columns or a table. Columns of prose are read
/// one after the other, a table row by row.
/// </summary>
internal static partial class PdfLayout
{
    // In units of the letters' size. Spaces of justified lines may stand one below the other, but not through many rows.
    private const double NarrowGutter = 0.35;
    private const double WideGutter = 1.5;
    private const double LongestPitch = 1.3;

    private const int FewestLines = 3;
    private const int FewestLinesOfNarrow = 6;
    private const double FewestWordsInLine = 3.5;

    internal static void Write(List<PdfWord> page, TextBlocks blocks, HashSet<string> hyphened)
    {
        var lines = new List<PdfLine>();
        if (page.Count > 0)
        {
            Read(page, lines);
        }

        var pitches = lines.Zip(lines.Skip(1), (line, next) => (line.Baseline - next.Baseline) / next.Size)
            .Where(pitch => pitch is > 0.5 and < 2.2).Order().ToList();
        var pitch = pitches.Count == 0 ? 1.2 : pitches[pitches.Count / 4];
        var paragraph = new StringBuilder();
        for (var at = 0; at < lines.Count; at++)
        {
            var line = lines[at];
            if (at == 0 || !GoesOn(lines[at - 1], line, paragraph, pitch))
            {
                Close(paragraph, blocks);
            }

            if (line.Cells is { } cells)
            {
                blocks.Begin(TextBlocks.Item);
                cells.ForEach(cell => blocks.InCell(() => blocks.Add(cell)));
                blocks.End();
            }
            else
            {
                Join(paragraph, line.Text, hyphened);
            }
        }

        Close(paragraph, blocks);
    }

    /// <summary>Words that stand side by side, from the top.</summary>
    internal static List<List<PdfWord>> Rows(IEnumerable<PdfWord> words)
    {
        var rows = new List<List<PdfWord>>();
        var bottom = double.MinValue;
        foreach (var word in words.OrderByDescending(word => word.Top))
        {
            if (rows.Count == 0 || word.Top <= bottom)
            {
                rows.Add([]);
                bottom = word.Bottom;
            }

            rows[^1].Add(word);
            bottom = Math.Min(bottom, word.Bottom);
        }

        return rows;
    }

    private static void Read(List<PdfWord> words, List<PdfLine> lines)
    {
        var rows = Rows(words);
        var edge = words.Max(word => word.Right);
        for (var at = 0; at < rows.Count;)
        {
            // As many rows as one free strip runs through.
            var taken = rows[at].ToList();
            var next = at + 1;
            for (; next < rows.Count && IsCloseTo(rows[next], taken) && Columns([.. taken, .. rows[next]], NarrowGutter).Count > 1; next++)
            {
                taken.AddRange(rows[next]);
            }

            var columns = ColumnsOf(taken);
            if (columns.Count > 1 && rows[at].Exists(word => !columns[0].Contains(word)))
            {
                ReadColumns(columns, lines);
                at = next;
            }
            else
            {
                lines.Add(PdfLine.Of(rows[at], edge));
                at++;
            }
        }
    }

    // One column where the strip is none: between words it is narrow, and what stands beside it begins here and there.
    private static List<List<PdfWord>> ColumnsOf(List<PdfWord> words)
    {
        var narrow = Columns(words, NarrowGutter);
        if (HaveLines(narrow, FewestLinesOfNarrow) && narrow.Skip(1).All(IsAligned))
        {
            return narrow;
        }

        var wide = Columns(words, WideGutter);
        return HaveLines(wide, FewestLines) ? wide : [words];
    }

    private static bool HaveLines(List<List<PdfWord>> columns, int fewest) => columns.Count > 1 && columns.Count(column => Rows(column).Count >= fewest) > 1;

    private static bool IsAligned(List<PdfWord> column)
    {
        const double NearlyAll = 0.8;
        var rows = Rows(column);
        var left = column.Min(word => word.Left) + (0.15 * column[0].Size);
        return rows.Count(row => row.Min(word => word.Left) < left) >= NearlyAll * rows.Count;
    }

    // Notes and feet stand below columns, apart and smaller.
    private static bool IsCloseTo(List<PdfWord> row, List<PdfWord> above)
    {
        var size = above.Average(word => word.Size);
        return above.Min(word => word.Bottom) - row.Max(word => word.Top) < (row.Average(word => word.Size) < size * 0.9 ? 0.7 : 4) * size;
    }

    private static void ReadColumns(List<List<PdfWord>> columns, List<PdfLine> lines)
    {
        var drawn = columns.SelectMany((column, at) => column.Select(word => (Word: word, Column: at))).OrderBy(item => item.Word.Order).ToList();
        var changes = drawn.Zip(drawn.Skip(1)).Count(pair => pair.First.Column != pair.Second.Column);
        if (changes < columns.Count || columns.TrueForAll(IsProse))
        {
            columns.ForEach(column => Read(column, lines));
            return;
        }

        // A row of a table ends where one goes back to the left, or far down.
        var row = new List<(PdfWord Word, int Column)>();
        foreach (var item in drawn)
        {
            if (row.Count > 0 && (item.Column < row[^1].Column || row[^1].Word.Baseline - item.Word.Baseline > 2 * item.Word.Size))
            {
                lines.Add(PdfLine.Of(row));
                row.Clear();
            }

            row.Add(item);
        }

        lines.Add(PdfLine.Of(row));
    }

    private static bool IsProse(List<PdfWord> column)
    {
        var rows = Rows(column).Count;
        return rows >= FewestLines && column.Count >= FewestWordsInLine * rows;
    }

    private static List<List<PdfWord>> Columns(List<PdfWord> words, double narrowest)
    {
        var gutter = narrowest * words.Average(word => word.Size);
        var columns = new List<List<PdfWord>>();
        var right = double.MaxValue;
        foreach (var word in words.OrderBy(word => word.Left))
        {
            // The numbers and dots of a list stand apart and are no column.
            if (columns.Count == 0 || (word.Left - right >= gutter && !columns[^1].TrueForAll(other => ItemMark().IsMatch(other.Text))))
            {
                columns.Add([]);
                right = word.Right;
            }

            columns[^1].Add(word);
            right = Math.Max(right, word.Right);
        }

        return columns;
    }

    private static bool GoesOn(PdfLine line, PdfLine next, StringBuilder paragraph, double pitch)
    {
        if (line.Cells is not null || next.Cells is not null || Math.Abs(line.Size - next.Size) > 0.1 * next.Size)
        {
            return false;
        }

        // Over the end of a column the sentence goes on.
        var down = (line.Baseline - next.Baseline) / next.Size;
        if (down <= 0)
        {
            return char.IsLower(next.Text[0]) && !Sentences.Ends(paragraph);
        }

        // Who had room for the next word and did not take it began anew.
        var begins = ItemOrNote().IsMatch(next.Text) || (Sentences.Ends(paragraph) && char.IsUpper(next.Text[0]));
        return down <= pitch * LongestPitch && !(begins && (line.Right + next.FirstWidth + next.Size < line.Edge || next.Left > line.Left + next.Size));
    }

    // A word that was divided at the end of a line is one again, but where the document has it with its hyphen elsewhere.
    private static void Join(StringBuilder paragraph, string line, HashSet<string> hyphened)
    {
        if (paragraph.Length > 1 && paragraph[^1] is '-' or '\u00AD' or '\u2010' && char.IsLetter(paragraph[^2]) && char.IsLower(line[0]))
        {
            var begin = paragraph.ToString().LastIndexOf(' ') + 1;
            var first = paragraph.ToString(begin, paragraph.Length - begin - 1);
            var rest = line.Split(' ')[0].TrimEnd('.', ',', ';', ':', ')');
            paragraph.Length -= hyphened.Contains($"{first}-{rest}") ? 0 : 1;
        }
        else if (paragraph.Length > 0)
        {
            paragraph.Append(' ');
        }

        paragraph.Append(line);
    }

    private static void Close(StringBuilder paragraph, TextBlocks blocks)
    {
        blocks.Begin("");
        blocks.Add(paragraph.ToString());
        blocks.End();
        paragraph.Clear();
    }

    [GeneratedRegex(@"^(?:[-–—•·▪●○*o]|\(?[\p{L}\d]{1,4}[.)])$")]
    private static partial Regex ItemMark();

    [GeneratedRegex(@"^(?:[-–—•·▪●○*] |\(?(?:\d{1,3}|[a-z])[.)] |[¹²³⁴⁵⁶⁷⁸⁹⁰]+ )")]
    private static partial Regex ItemOrNote();
}
