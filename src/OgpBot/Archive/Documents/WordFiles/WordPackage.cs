using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;

namespace OgpBot.Archive.Documents.WordFiles;

/// <summary>
/// Checks the parts of a <c>.docx</c> file before they are read. A small file can unpack to terabytes, whatever sizes it states. Deeply nested XML can
/// exhaust the stack of its reader.
/// </summary>
internal static class WordPackage
{
    private const long MostBytes = 200L * 1024 * 1024;
    private const long MostCharactersInPart = 50_000_000;
    private const int MostParts = 10_000;
    private const int DeepestNesting = 250;

    private static readonly XmlReaderSettings Careful = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostCharactersInPart };

    /// <exception cref="UnreadableDocumentException">It is too large, too deep or no package at all.</exception>
    internal static void Check(byte[] bytes, CancellationToken cancellationToken)
    {
        try
        {
            using var package = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            var left = package.Entries.Count <= MostParts ? MostBytes : throw TooLarge();
            foreach (var part in package.Entries)
            {
                left -= Count(part, left, cancellationToken);
            }

            foreach (var part in package.Entries.Where(part => Path.GetExtension(part.Name) is ".xml" or ".rels"))
            {
                CheckXml(part, cancellationToken);
            }
        }
        catch (Exception error) when (error is InvalidDataException or XmlException)
        {
            throw Broken();
        }
    }

    /// <summary>The XML of a part without smart tags: Word 2003 put them around words, and the library reads nothing within them.</summary>
    internal static string Unwrapped(OpenXmlPart part)
    {
        using var stream = part.GetStream(FileMode.Open, FileAccess.Read);
        using var reader = XmlReader.Create(stream, Careful);
        var xml = XDocument.Load(reader, LoadOptions.PreserveWhitespace);
        foreach (var tag in xml.Descendants().Where(element => element.Name.LocalName == "smartTag").Reverse().ToList())
        {
            tag.ReplaceWith(tag.Elements().Where(element => element.Name.LocalName != "smartTagPr"));
        }

        return xml.Root!.ToString(SaveOptions.DisableFormatting);
    }

    internal static UnreadableDocumentException Broken() => new("it is no Word file (.docx), or it is broken or protected by a password");

    private static long Count(ZipArchiveEntry part, long most, CancellationToken cancellationToken)
    {
        var buffer = new byte[81_920];
        var total = 0L;
        using var stream = part.Open();
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            total += read;
            if (total > most)
            {
                throw TooLarge();
            }
        }

        return total;
    }

    private static void CheckXml(ZipArchiveEntry part, CancellationToken cancellationToken)
    {
        using var stream = part.Open();
        using var xml = XmlReader.Create(stream, Careful);
        while (xml.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (xml.Depth > DeepestNesting)
            {
                throw new UnreadableDocumentException("its parts are nested too deep");
            }
        }
    }

    private static UnreadableDocumentException TooLarge() => new($"unpacked it is larger than {MostBytes / 1024 / 1024} MB");
}
