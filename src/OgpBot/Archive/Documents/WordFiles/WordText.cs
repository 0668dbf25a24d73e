using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace OgpBot.Archive.Documents.WordFiles;

/// <summary>
/// Reads the text of <c>.docx</c> files: headings, paragraphs, items, rows of tables and notes. Pages begin where Word last showed them to begin, else where
/// the author set a break. What was struck out or hidden is left out. What can't be read is told with its place, and its sentence shows the gap.
/// </summary>
internal sealed class WordText
{
    private readonly TextBlocks blocks = new();
    private readonly WordStyles styles;
    private readonly WordRuns runs;
    private readonly Body body;
    private readonly bool rendered;
    private readonly List<Paragraph> joined = [];
    private readonly CancellationToken cancellation;
    private int depthOfTables;

    private WordText(MainDocumentPart main, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        styles = new WordStyles(main.StyleDefinitionsPart?.Styles);
        body = new Document(WordPackage.Unwrapped(main)).Body!;
        rendered = body.Descendants<LastRenderedPageBreak>().Any();
        runs = new WordRuns(main, blocks, rendered);
    }

    internal static DocumentText Read(byte[] bytes, CancellationToken cancellationToken)
    {
        WordPackage.Check(bytes, cancellationToken);
        try
        {
            using var document = WordprocessingDocument.Open(new MemoryStream(bytes, writable: false), isEditable: false);
            if (document.MainDocumentPart is not { Document.Body: not null } main)
            {
                throw WordPackage.Broken();
            }

            var word = new WordText(main, cancellationToken);
            word.Blocks(word.body);
            return new DocumentText(word.blocks.ToString(), word.runs.Unread);
        }
        catch (Exception error) when (error is OpenXmlPackageException or InvalidDataException or FileFormatException or XmlException or FormatException
            or InvalidOperationException or ArgumentException)
        {
            // What the library throws at a package that is none is not one kind of error.
            throw WordPackage.Broken();
        }
    }

    private void Blocks(OpenXmlElement parent)
    {
        Walk(parent);
        ReadJoined();
    }

    private void Walk(OpenXmlElement parent)
    {
        foreach (var child in parent.Elements())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (child)
            {
                case Paragraph paragraph:
                    joined.Add(paragraph);
                    if (!IsMarkDeleted(paragraph))
                    {
                        ReadJoined();
                    }

                    break;
                case Table table:
                    ReadJoined();
                    Read(table);
                    break;
                case AltChunk:
                    runs.NoteUnread("an inserted file");
                    break;
                case DeletedRun or MoveFromRun or AlternateContentFallback:
                case SdtElement sdt when WordRuns.IsPlaceholder(sdt):
                    break;
                default:
                    Walk(child);
                    break;
            }
        }
    }

    // Paragraphs whose mark between them was deleted are one, of the kind of the last.
    private void ReadJoined()
    {
        if (joined.Count == 0)
        {
            return;
        }

        var (parts, paragraph) = (joined.ToList(), joined[^1]);
        joined.Clear();
        var heading = styles.HeadingOf(paragraph);
        blocks.Begin(heading > 0 ? $"{new string('#', heading)} " : styles.IsItem(paragraph) ? TextBlocks.Item : "");
        if (!rendered && WordSigns.IsOn(paragraph.ParagraphProperties?.PageBreakBefore))
        {
            blocks.NewPage();
        }

        var place = new WordRuns.Place(IsHeading: heading > 0, IsContents: styles.IsContents(paragraph));
        parts.ForEach(part => runs.Read(part, place));
        blocks.End();
        if (!rendered && paragraph.ParagraphProperties?.SectionProperties is { } section
            && section.GetFirstChild<SectionType>()?.Val?.Value != SectionMarkValues.Continuous)
        {
            blocks.NewPage();
        }

        NotesAndBoxes();
    }

    private static bool IsMarkDeleted(Paragraph paragraph) =>
        paragraph.ParagraphProperties?.ParagraphMarkRunProperties is { } mark
        && (mark.GetFirstChild<Deleted>() is not null || mark.GetFirstChild<MoveFrom>() is not null);

    private void Read(Table table)
    {
        foreach (var row in table.Descendants<TableRow>()
            .Where(row => row.Ancestors<Table>().First() == table && row.TableRowProperties?.GetFirstChild<Deleted>() is null))
        {
            blocks.Begin(TextBlocks.Item);
            depthOfTables++;
            foreach (var cell in row.Descendants<TableCell>()
                .Where(cell => cell.Ancestors<TableRow>().First() == row && cell.TableCellProperties?.GetFirstChild<CellDeletion>() is null))
            {
                blocks.InCell(() => Blocks(cell));
            }

            depthOfTables--;
            blocks.End();
            NotesAndBoxes();
        }
    }

    // They stand apart from the sentence. In a table they wait until its row has been told.
    private void NotesAndBoxes()
    {
        if (depthOfTables > 0)
        {
            return;
        }

        var (notes, boxes) = runs.Take();
        foreach (var (mark, note) in notes)
        {
            blocks.Begin($"{mark} ");
            depthOfTables++;
            blocks.InCell(() => Blocks(note));
            depthOfTables--;
            blocks.End();
        }

        boxes.ForEach(Blocks);
    }
}
