namespace OgpBot.Archive.Documents;

/// <summary>A document as it was read: its lines, as they stand in it.</summary>
/// <param name="HasEdges">Whether heads and feet of pages may stand among them.</param>
public sealed record SourceText(IReadOnlyList<SourceLine> Lines, bool HasEdges);

/// <summary>A line of a document.</summary>
/// <param name="Level">The level of a heading that the format itself marks; 0: none.</param>
/// <param name="NewPage">Whether a page begins with it.</param>
public readonly record struct SourceLine(string Text, int Level = 0, bool NewPage = false);
