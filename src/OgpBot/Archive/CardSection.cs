using OgpBot.Archive.Documents;

namespace OgpBot.Archive;

/// <summary>A section of a card: what a document says, in our own words. It serves where the document has not been added.</summary>
/// <param name="Source">The id of the document that it retells.</param>
/// <param name="Place">The document's section.</param>
internal sealed record CardSection(string Card, string Heading, string Text, string Source, string Place)
{
    private const string SourceLine = "Fuente: ";

    /// <summary>Reads a file of <c>archive/cards</c>: Markdown with a title between two lines of <c>---</c>, and each section's source after it.</summary>
    internal static IReadOnlyList<CardSection> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        var title = lines.FirstOrDefault(line => line.StartsWith("title: ", StringComparison.Ordinal))?["title: ".Length..].Trim('"')
            ?? Path.GetFileNameWithoutExtension(file);
        var sections = new List<CardSection>();
        var (heading, text) = ("", new List<string>());
        foreach (var line in PlainText.Lines(string.Join('\n', lines)).Lines)
        {
            if (line.Level > 0)
            {
                (heading, text) = (line.Text, []);
            }
            else if (line.Text.StartsWith(SourceLine, StringComparison.Ordinal))
            {
                // The first source is the one that counts; the others only say the same.
                var source = line.Text[SourceLine.Length..].Split(", ", 2);
                if (text.Count > 0)
                {
                    sections.Add(new CardSection(title, heading, string.Join('\n', text), source[0], source.Length > 1 ? source[1] : ""));
                    text = [];
                }
            }
            else if (line.Text.Trim() is { Length: > 0 } words && heading.Length > 0)
            {
                text.Add(words);
            }
        }

        return sections;
    }
}
