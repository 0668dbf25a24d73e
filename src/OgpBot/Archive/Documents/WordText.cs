using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace OgpBot.Archive.Documents;

/// <summary>
/// Reads the text of <c>.docx</c> files: headings, paragraphs, items, rows of tables and notes, with the page breaks that Word wrote when it last showed the file,
/// else those that its author set. What was struck out or hidden is no text.
/// </summary>
internal sealed class WordText
{
    private readonly TextBlocks blocks = new();
    private readonly WordStyles styles;
    private readonly bool rendered;
    private readonly Dictionary<long, OpenXmlElement> footnotes;
    private readonly Dictionary<long, OpenXmlElement> endnotes;
    private readonly List<(string Mark, OpenXmlElement Note)> notesToTell = [];
    private readonly CancellationToken cancellation;
    private int notes;
    private int depthOfTables;

    private WordText(MainDocumentPart main, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        styles = new WordStyles(main.StyleDefinitionsPart?.Styles);
        rendered = main.Document.Descendants<LastRenderedPageBreak>().Any();
        footnotes = NotesOf(main.FootnotesPart?.Footnotes);
        endnotes = NotesOf(main.EndnotesPart?.Endnotes);
    }

    internal static string Read(byte[] bytes, CancellationToken cancellationToken)
    {
        WordPackage.Check(bytes, cancellationToken);
        try
        {
            using var document = WordprocessingDocument.Open(new MemoryStream(bytes, writable: false), isEditable: false);
            if (document.MainDocumentPart is not { Document.Body: { } body } main)
            {
                throw WordPackage.Broken();
            }

            var word = new WordText(main, cancellationToken);
            word.Blocks(body);
            return word.blocks.ToString();
        }
        catch (Exception error) when (error is OpenXmlPackageException or InvalidDataException or FileFormatException or XmlException or FormatException or InvalidOperationException
            or ArgumentException or UriFormatException)
        {
            // What the library throws at a package that is none is not one kind of error.
            throw WordPackage.Broken();
        }
    }

    private static Dictionary<long, OpenXmlElement> NotesOf(OpenXmlElement? part) => (part?.Elements<FootnoteEndnoteType>() ?? [])
        .Where(note => note.Id?.Value is not null).GroupBy(note => note.Id!.Value).ToDictionary(group => group.Key, group => (OpenXmlElement)group.First());

    private void Blocks(OpenXmlElement parent)
    {
        foreach (var child in parent.Elements())
        {
            cancellation.ThrowIfCancellationRequested();
            switch (child)
            {
                case Paragraph paragraph:
                    Read(paragraph);
                    break;
                case Table table:
                    Read(table);
                    break;
                case DeletedRun or MoveFromRun or AlternateContentFallback:
                    break;
                default:
                    Blocks(child);
                    break;
            }
        }
    }

    private void Read(Paragraph paragraph)
    {
        var heading = styles.HeadingOf(paragraph);
        blocks.Begin(heading > 0 ? $"{new string('#', heading)} " : styles.IsItem(paragraph) ? TextBlocks.Item : "");
        if (!rendered && IsOn(paragraph.ParagraphProperties?.PageBreakBefore))
        {
            blocks.NewPage();
        }

        Words(paragraph, new Place(IsHeading: heading > 0, IsContents: styles.IsContents(paragraph)));
        blocks.End();
        if (!rendered && paragraph.ParagraphProperties?.SectionProperties is { } section && section.GetFirstChild<SectionType>()?.Val?.Value != SectionMarkValues.Continuous)
        {
            blocks.NewPage();
        }

        Notes();
    }

    private void Read(Table table)
    {
        foreach (var row in table.Descendants<TableRow>().Where(row => row.Ancestors<Table>().First() == table))
        {
            blocks.Begin(TextBlocks.Item);
            depthOfTables++;
            foreach (var cell in row.Descendants<TableCell>().Where(cell => cell.Ancestors<TableRow>().First() == row))
            {
                blocks.InCell(() => Blocks(cell));
            }

            depthOfTables--;
            blocks.End();
            Notes();
        }
    }

    // In a table notes wait until its row has been told.
    private void Notes()
    {
        if (depthOfTables > 0)
        {
            return;
        }

        var told = notesToTell.ToList();
        notesToTell.Clear();
        foreach (var (mark, note) in told)
        {
            blocks.Begin($"{mark} ");
            depthOfTables++;
            blocks.InCell(() => Blocks(note));
            depthOfTables--;
            blocks.End();
        }
    }

    private void Words(OpenXmlElement parent, Place place)
    {
        foreach (var child in parent.Elements())
        {
            switch (child)
            {
                case Text text:
                    blocks.Add(text.Text);
                    break;
                case TabChar:
                    // The contents tell on which page a heading is; see Passages.
                    blocks.Add(place.IsContents ? " .... " : " ");
                    break;
                case NoBreakHyphen:
                    blocks.Add("-");
                    break;
                case LastRenderedPageBreak:
                    blocks.NewPage();
                    break;
                case Break { Type: { } type } when type == BreakValues.Page && !rendered:
                    blocks.NewPage();
                    break;
                case Break or CarriageReturn:
                    blocks.Add(" ");
                    break;
                case FootnoteReference reference:
                    Mark(footnotes, reference, place);
                    break;
                case EndnoteReference reference:
                    Mark(endnotes, reference, place);
                    break;
                case DeletedRun or MoveFromRun or AlternateContentFallback or ParagraphProperties or RunProperties:
                case Run { RunProperties.Vanish: { } vanish } when IsOn(vanish):
                    break;
                default:
                    Words(child, place);
                    break;
            }
        }
    }

    // Numbered as they come: the file names them by ids of its own.
    private void Mark(Dictionary<long, OpenXmlElement> known, FootnoteEndnoteReferenceType reference, Place place)
    {
        if (reference.Id?.Value is not { } id || !known.TryGetValue(id, out var note))
        {
            return;
        }

        var mark = TextBlocks.Raised((++notes).ToString(CultureInfo.InvariantCulture));
        notesToTell.Add((mark, note));
        if (!place.IsHeading)
        {
            blocks.Add(mark);
        }
    }

    // An element without a value switches on.
    private static bool IsOn(OnOffType? setting) => setting is not null && (setting.Val is null || setting.Val.Value);

    private readonly record struct Place(bool IsHeading, bool IsContents);
}
