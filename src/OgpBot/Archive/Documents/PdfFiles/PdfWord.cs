using UglyToad.PdfPig.Content;

namespace OgpBot.Archive.Documents.PdfFiles;

/// <summary>A word of a page, in points from its lower left corner.</summary>
/// <param name="Order">When it was drawn: most programs draw in the order in which one reads.</param>
internal sealed record PdfWord(string Text, double Left, double Right, double Baseline, double Size, int Order)
{
    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    internal double Top => Baseline + (0.7 * Size);

    internal double Bottom => Baseline - (0.2 * Size);

    internal static PdfWord Of(Word word)
    {
        var first = word.Letters[0];

        // Letters that were joined for beauty are written apart.
        var text = string.Concat(word.Text.Select(sign => sign is >= '\uFB00' and <= '\uFB06' ? Ligatures[sign - '\uFB00'] : sign.ToString()));
        return new PdfWord(text, word.BoundingBox.Left, word.BoundingBox.Right, first.StartBaseLine.Y, Math.Max(1, first.PointSize), first.TextSequence);
    }
}
