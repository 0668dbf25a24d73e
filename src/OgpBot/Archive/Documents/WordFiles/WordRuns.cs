using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using GraphicData = DocumentFormat.OpenXml.Drawing.GraphicData;
using M = DocumentFormat.OpenXml.Math;

namespace OgpBot.Archive.Documents.WordFiles;

/// <summary>
/// Reads what stands within a paragraph of a <c>.docx</c> file: words, signs, page breaks and marks of notes. The notes themselves and text boxes are kept
/// until the paragraph has ended. What can't be read is noted with its place.
/// </summary>
/// <param name="rendered">Word wrote where pages begin; the author's own breaks then say nothing new.</param>
internal sealed class WordRuns(MainDocumentPart main, TextBlocks blocks, bool rendered)
{
    private readonly Dictionary<long, OpenXmlElement> footnotes = NotesOf(main.FootnotesPart is { } part ? new Footnotes(WordPackage.Unwrapped(part)) : null);
    private readonly Dictionary<long, OpenXmlElement> endnotes = NotesOf(main.EndnotesPart is { } part ? new Endnotes(WordPackage.Unwrapped(part)) : null);
    private readonly List<(string Mark, OpenXmlElement Note)> notes = [];
    private readonly List<OpenXmlElement> boxes = [];
    private readonly List<string> unread = [];
    private int lastNote;

    /// <summary>What could not be read, and where it stands.</summary>
    internal IReadOnlyList<string> Unread => unread;

    internal void Read(OpenXmlElement parent, Place place)
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
                    AddOrGap(WordSigns.Of(symbol), $"the symbol {symbol.Char?.Value} of the font {symbol.Font?.Value}");
                    break;
                case FormFieldData field:
                    blocks.Add(WordSigns.Of(field));
                    break;
                case TextBoxContent box:
                    boxes.Add(box);
                    break;
                case SdtElement sdt when IsPlaceholder(sdt):
                case DeletedRun or MoveFromRun or ParagraphProperties or RunProperties or RubyContent:
                case Run { RunProperties.Vanish: { } vanish } when WordSigns.IsOn(vanish):
                    break;
                default:
                    ReadObject(child, place);
                    break;
            }
        }
    }

    /// <summary>Notes that something could not be read, at the place where the text is now.</summary>
    internal void NoteUnread(string what) => unread.Add($"{what} ({blocks.Place})");

    /// <summary>The notes and text boxes since the last call.</summary>
    internal (List<(string Mark, OpenXmlElement Note)> Notes, List<OpenXmlElement> Boxes) Take()
    {
        var taken = (notes.ToList(), boxes.ToList());
        notes.Clear();
        boxes.Clear();
        return taken;
    }

    /// <summary>Whether it only says «Click here to enter text».</summary>
    internal static bool IsPlaceholder(SdtElement sdt) => WordSigns.IsOn(sdt.SdtProperties?.GetFirstChild<ShowingPlaceholder>());

    private void ReadObject(OpenXmlElement element, Place place)
    {
        switch (element)
        {
            case M.OfficeMath formula:
                var isLine = formula.Descendants<M.Run>().All(run => run.Parent == formula);
                AddOrGap(isLine ? string.Concat(formula.Descendants<M.Text>().Select(text => text.Text)) : null, "a formula");
                break;
            case EmbeddedObject:
                AddOrGap(null, "an embedded object");
                break;
            case GraphicData { Uri.Value: { } uri } when uri.EndsWith("/chart", StringComparison.Ordinal):
                NoteUnread("a chart");
                break;
            case GraphicData { Uri.Value: { } uri } when uri.EndsWith("/diagram", StringComparison.Ordinal):
                NoteUnread("a diagram");
                break;
            case AlternateContent alternate:
                // The same in an old way and a new one.
                Read(alternate.Elements<AlternateContentChoice>().FirstOrDefault(choice => choice.InnerText.Length > 0) ?? (OpenXmlElement)alternate, place);
                break;
            default:
                Read(element, place);
                break;
        }
    }

    // Words of which a part is missing must not read as if they were whole.
    private void AddOrGap(string? words, string what)
    {
        if (words is null)
        {
            NoteUnread(what);
        }

        blocks.Add(words ?? Passages.Gap);
    }

    // Numbered as they come: the file names them by ids of its own.
    private void Mark(Dictionary<long, OpenXmlElement> known, FootnoteEndnoteReferenceType reference, Place place)
    {
        if (reference.Id?.Value is not { } id || !known.TryGetValue(id, out var note))
        {
            NoteUnread("a note");
            return;
        }

        var mark = TextBlocks.Raised((++lastNote).ToString(CultureInfo.InvariantCulture));
        notes.Add((mark, note));
        if (!place.IsHeading)
        {
            blocks.Add(mark);
        }
    }

    private static Dictionary<long, OpenXmlElement> NotesOf(OpenXmlElement? part) => (part?.Elements<FootnoteEndnoteType>() ?? [])
        .Where(note => note.Id?.Value is not null).GroupBy(note => note.Id!.Value).ToDictionary(group => group.Key, group => (OpenXmlElement)group.First());

    /// <summary>The kind of paragraph that the words are in.</summary>
    internal readonly record struct Place(bool IsHeading, bool IsContents);
}
