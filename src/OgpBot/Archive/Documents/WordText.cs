using System.Globalization;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using GraphicData = DocumentFormat.OpenXml.Drawing.GraphicData;
using M = DocumentFormat.OpenXml.Math;

namespace OgpBot.Archive.Documents;

/// <summary>
/// Reads the text of <c>.docx</c> files: headings, paragraphs, items, rows of tables and notes, with the page breaks that Word wrote when it last showed the file,
/// else those that its author set. What was struck out or hidden is no text; what is none that can be read is told with its place, and a sentence shows the gap.
/// </summary>
internal sealed class WordText
{
    // The signs of lists and forms (https://www.unicode.org/L2/L2011/11344-wingding-to-unicode.pdf).
    private static readonly Dictionary<string, Dictionary<int, string>> Symbols = new()
    {
        ["Wingdings"] = Signs("6C● 6E■ 6F□ 71❑ 76❖ 9F• A7▪ A8◻ D8➢ DF← E0→ E8➔ FB✗ FC✓ FD☒ FE☑"),
        ["Wingdings 2"] = Signs("4F✗ 50✓ 51☒ 52☑ A3□"),
        ["Symbol"] = Signs("A3≤ AE→ B0° B1± B3≥ B4× B7• B9≠ BB≈"),
        ["Webdings"] = Signs("61✓ 72✗"),
    };

    private readonly TextBlocks blocks = new();
    private readonly WordStyles styles;
    private readonly Body body;
    private readonly bool rendered;
    private readonly Dictionary<long, OpenXmlElement> footnotes;
    private readonly Dictionary<long, OpenXmlElement> endnotes;
    private readonly List<(string Mark, OpenXmlElement Note)> notesToTell = [];
    private readonly List<OpenXmlElement> boxesToTell = [];
    private readonly List<Paragraph> joined = [];
    private readonly List<string> unread = [];
    private readonly CancellationToken cancellation;
    private int notes;
    private int depthOfTables;

    private WordText(MainDocumentPart main, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        styles = new WordStyles(main.StyleDefinitionsPart?.Styles);
        body = new Document(WordPackage.Unwrapped(main)).Body!;
        rendered = body.Descendants<LastRenderedPageBreak>().Any();
        footnotes = NotesOf(main.FootnotesPart is { } foot ? new Footnotes(WordPackage.Unwrapped(foot)) : null);
        endnotes = NotesOf(main.EndnotesPart is { } end ? new Endnotes(WordPackage.Unwrapped(end)) : null);
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
            return new DocumentText(word.blocks.ToString(), word.unread);
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
                    Unread("an inserted file");
                    break;
                case DeletedRun or MoveFromRun or AlternateContentFallback:
                    break;
                case SdtElement sdt when IsPlaceholder(sdt):
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
        if (!rendered && IsOn(paragraph.ParagraphProperties?.PageBreakBefore))
        {
            blocks.NewPage();
        }

        var place = new Place(IsHeading: heading > 0, IsContents: styles.IsContents(paragraph));
        parts.ForEach(part => Words(part, place));
        blocks.End();
        if (!rendered && paragraph.ParagraphProperties?.SectionProperties is { } section && section.GetFirstChild<SectionType>()?.Val?.Value != SectionMarkValues.Continuous)
        {
            blocks.NewPage();
        }

        NotesAndBoxes();
    }

    private static bool IsMarkDeleted(Paragraph paragraph) =>
        paragraph.ParagraphProperties?.ParagraphMarkRunProperties is { } mark && (mark.GetFirstChild<Deleted>() is not null || mark.GetFirstChild<MoveFrom>() is not null);

    private void Read(Table table)
    {
        foreach (var row in table.Descendants<TableRow>().Where(row => row.Ancestors<Table>().First() == table && row.TableRowProperties?.GetFirstChild<Deleted>() is null))
        {
            blocks.Begin(TextBlocks.Item);
            depthOfTables++;
            foreach (var cell in row.Descendants<TableCell>().Where(cell => cell.Ancestors<TableRow>().First() == row && cell.TableCellProperties?.GetFirstChild<CellDeletion>() is null))
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

        var (told, boxes) = (notesToTell.ToList(), boxesToTell.ToList());
        notesToTell.Clear();
        boxesToTell.Clear();
        foreach (var (mark, note) in told)
        {
            blocks.Begin($"{mark} ");
            depthOfTables++;
            blocks.InCell(() => Blocks(note));
            depthOfTables--;
            blocks.End();
        }

        boxes.ForEach(Blocks);
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
                case SymbolChar symbol:
                    Symbol(symbol);
                    break;
                case M.OfficeMath formula when formula.Descendants<M.Run>().All(run => run.Parent == formula):
                    formula.Descendants<M.Text>().ToList().ForEach(text => blocks.Add(text.Text));
                    break;
                case M.OfficeMath:
                    Gap("a formula");
                    break;
                case EmbeddedObject:
                    Gap("an embedded object");
                    break;
                case GraphicData data when data.Uri?.Value is { } uri && (uri.EndsWith("/chart", StringComparison.Ordinal) || uri.EndsWith("/diagram", StringComparison.Ordinal)):
                    Unread(uri.EndsWith("/chart", StringComparison.Ordinal) ? "a chart" : "a diagram");
                    break;
                case FormFieldData field:
                    Field(field);
                    break;
                case TextBoxContent box:
                    boxesToTell.Add(box);
                    break;
                case AlternateContent alternate:
                    // The same in an old way and a new one.
                    Words(alternate.Elements<AlternateContentChoice>().FirstOrDefault(choice => choice.InnerText.Length > 0) ?? (OpenXmlElement)alternate, place);
                    break;
                case SdtElement sdt when IsPlaceholder(sdt):
                case DeletedRun or MoveFromRun or ParagraphProperties or RunProperties or RubyContent:
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
            Unread("a note");
            return;
        }

        var mark = TextBlocks.Raised((++notes).ToString(CultureInfo.InvariantCulture));
        notesToTell.Add((mark, note));
        if (!place.IsHeading)
        {
            blocks.Add(mark);
        }
    }

    private void Symbol(SymbolChar symbol)
    {
        var font = symbol.Font?.Value ?? "";
        var code = int.TryParse(symbol.Char?.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;

        // Those of fonts that have signs of their own stand where Unicode leaves room.
        if (code is > ' ' and < 0xE000 && !Symbols.ContainsKey(font))
        {
            blocks.Add(((char)code).ToString());
        }
        else if (Symbols.GetValueOrDefault(font)?.GetValueOrDefault(code & 0xFF) is { } sign)
        {
            blocks.Add(sign);
        }
        else
        {
            Gap($"the symbol {symbol.Char?.Value} of the font {font}");
        }
    }

    private static Dictionary<int, string> Signs(string list) =>
        list.Split(' ').ToDictionary(sign => int.Parse(sign[..2], NumberStyles.HexNumber, CultureInfo.InvariantCulture), sign => sign[2..]);

    private void Field(FormFieldData field)
    {
        if (field.GetFirstChild<CheckBox>() is { } box)
        {
            blocks.Add(IsOn(box.GetFirstChild<Checked>() ?? (OnOffType?)box.GetFirstChild<DefaultCheckBoxFormFieldState>()) ? "☒" : "☐");
        }
        else if (field.GetFirstChild<DropDownListFormField>() is { } list)
        {
            var chosen = list.GetFirstChild<DropDownListSelection>()?.Val?.Value ?? list.GetFirstChild<DefaultDropDownListItemIndex>()?.Val?.Value ?? 0;
            blocks.Add(list.Elements<ListEntryFormField>().ElementAtOrDefault(chosen)?.Val?.Value ?? "");
        }
    }

    // Words of which a part is missing must not read as if they were whole.
    private void Gap(string what)
    {
        Unread(what);
        blocks.Add(Passages.Gap);
    }

    private void Unread(string what) => unread.Add($"{what} ({blocks.Place})");

    // «Click here to enter text».
    private static bool IsPlaceholder(SdtElement sdt) => IsOn(sdt.SdtProperties?.GetFirstChild<ShowingPlaceholder>());

    // An element without a value switches on.
    private static bool IsOn(OnOffType? setting) => setting is not null && (setting.Val is null || setting.Val.Value);

    private readonly record struct Place(bool IsHeading, bool IsContents);
}
