using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace OgpBot.Tests.Archive.Documents;

/// <summary>Small <c>.docx</c> files, as Word writes them and as nobody should.</summary>
internal static class WordFile
{
    internal static byte[] Of(params OpenXmlElement[] blocks) => Of([], [], blocks);

    internal static byte[] Of(Style[] styles, string[] notes, params OpenXmlElement[] blocks)
    {
        using var stream = new MemoryStream();
        using (var file = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = file.AddMainDocumentPart();
            main.Document = new Document(new Body(blocks));
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(styles.AsEnumerable<OpenXmlElement>());
            main.AddNewPart<FootnotesPart>().Footnotes = new Footnotes(notes.Select((note, at) => new Footnote(Paragraph(note)) { Id = at + 7 }));
        }

        return stream.ToArray();
    }

    internal static Paragraph Paragraph(string text, string? style = null) =>
        new(new ParagraphProperties(style is null ? [] : [new ParagraphStyleId { Val = style }]), Run(text));

    internal static Paragraph Item(string text) =>
        new(new ParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = 1 })), Run(text));

    internal static Run Run(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    internal static Run Note(int id) => new(new FootnoteReference { Id = id });

    internal static Run PageBreak() => new(new Break { Type = BreakValues.Page });

    internal static TableRow Row(params string[] cells) => new(cells.Select(cell => new TableCell(Paragraph(cell))));

    internal static Style Style(string id, string name, int? outline = null, string? basedOn = null)
    {
        var style = new Style(new StyleName { Val = name }) { StyleId = id, Type = StyleValues.Paragraph };
        if (basedOn is not null)
        {
            style.Append(new BasedOn { Val = basedOn });
        }

        if (outline is { } level)
        {
            style.Append(new StyleParagraphProperties(new OutlineLevel { Val = level }));
        }

        return style;
    }

    /// <summary>A package with one part more, made by <paramref name="write"/>.</summary>
    internal static byte[] With(byte[] file, string name, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var package = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            package.GetEntry(name)?.Delete();
            using var part = package.CreateEntry(name, CompressionLevel.Fastest).Open();
            write(part);
        }

        return stream.ToArray();
    }
}
