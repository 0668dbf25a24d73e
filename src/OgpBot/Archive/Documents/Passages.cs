using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Documents;

/// <summary>A paragraph of a document, with where it stands.</summary>
/// <param name="Section">The heading that it stands under; empty before the first.</param>
/// <param name="Page">As printed or counted; null where the document has none.</param>
/// <param name="Text">Verbatim but for line breaks; <c> … </c> where page furniture or the mark of a note stood within it.</param>
public sealed record PassageText(string Section, int? Page, string Text);

/// <summary>
/// Cuts a document into paragraphs with their headings and pages. Running heads and feet, page numbers and the table of contents are left out. A paragraph
/// that goes over a page is put together.
/// </summary>
internal sealed partial class Passages
{
    internal const string Gap = " … ";

    // A line that stands at the edge of so many pages is theirs, not the text's.
    private const int FewestRepeats = 3;
    private const int MostLinesAtEdge = 5;
    private const int LongestHeading = 90;
    private const int MostWordsInHeading = 12;
    private const int LongestPassage = 1_500;

    private readonly SourceText source;
    private readonly Dictionary<string, int> contents = [];
    private readonly HashSet<int> begins;
    private readonly HashSet<int> furniture;
    private readonly List<PassageText> passages = [];
    private readonly StringBuilder paragraph = new();
    private string section = "";
    private int? page;
    private int? paragraphPage;
    private bool broken;
    private bool blankBefore = true;

    private Passages(SourceText source)
    {
        this.source = source;
        ReadContents();
        begins = [.. Enumerable.Range(0, source.Lines.Count).Where(at => source.Lines[at].NewPage)];
        if (begins.Count == 0 && contents.Count > 0)
        {
            begins = Heads();
        }

        furniture = source.HasEdges && begins.Count > 0 ? Furniture() : [];
    }

    internal static IReadOnlyList<PassageText> Of(SourceText source) => new Passages(source).Read();

    private List<PassageText> Read()
    {
        page = source.Lines.Any(line => line.NewPage) ? 1 : null;
        for (var at = 0; at < source.Lines.Count; at++)
        {
            var line = source.Lines[at];
            var text = line.Text.Trim();
            if (begins.Contains(at))
            {
                page = (page ?? 0) + 1;
                broken = paragraph.Length > 0;
                blankBefore |= line.NewPage;
            }

            // What begins on a new page after a whole sentence is a paragraph of that page, or a heading.
            if (line.NewPage && (paragraph.Length == 0 || Sentences.Ends(paragraph)))
            {
                (blankBefore, broken) = (true, false);
            }

            if (text.Length == 0 || furniture.Contains(at) || ContentsLine().IsMatch(text) || NamedPageNumber().IsMatch(text))
            {
                blankBefore = true;
                continue;
            }

            if (IsHeading(at, line, text))
            {
                Close();
                section = Plain(text);
                page = contents.TryGetValue(TextFold.Fold(section), out var printed) ? printed : page;
            }
            else
            {
                Add(text);
            }

            blankBefore = false;
        }

        Close();
        return passages;
    }

    // Where no form feed tells the pages and the contents say that there are some, a head that stands alone after two blank lines, always, begins them.
    private HashSet<int> Heads()
    {
        bool IsBlank(int at) => at < 0 || at >= source.Lines.Count || source.Lines[at].Text.Trim().Length == 0;

        var lines = Enumerable.Range(0, source.Lines.Count).Where(at => !IsBlank(at)).GroupBy(at => Plain(source.Lines[at].Text));
        var heads = lines.Where(group => group.Count() >= FewestRepeats && group.All(at => IsBlank(at - 1) && IsBlank(at - 2) && IsBlank(at + 1)));
        return [.. heads.MaxBy(group => group.Count()) ?? Enumerable.Empty<int>()];
    }

    // From the edges of pages inwards, as long as lines are such as stand there on others too.
    private HashSet<int> Furniture()
    {
        var starts = begins.Append(0).Append(source.Lines.Count).Distinct().Order().ToList();
        var edges = starts.Zip(starts.Skip(1), (from, to) => Enumerable.Range(from, to - from).Where(at => source.Lines[at].Text.Trim().Length > 0).ToList())
            .SelectMany(page => new[]
            {
                (IsTop: true, Lines: page.Take(MostLinesAtEdge).ToList()),
                (IsTop: false, Lines: page.AsEnumerable().Reverse().Take(MostLinesAtEdge).ToList()),
            }).ToList();
        var common = edges.SelectMany(edge => edge.Lines.Where(at => source.Lines[at].Level == 0).Select(at => (edge.IsTop, Key: Key(at))).Distinct())
            .GroupBy(line => line).Where(group => group.Count() >= FewestRepeats).Select(group => group.Key).ToHashSet();
        return [.. edges.SelectMany(edge => edge.Lines.TakeWhile(at => common.Contains((edge.IsTop, Key(at))) || IsPageNumber(source.Lines[at].Text.Trim())))];
    }

    // A number that stands apart in a head or foot is that of the page.
    private string Key(int at) => Apart().Replace(Plain(source.Lines[at].Text), "#");

    /// <summary>Whether a line is such a number, where it stands at the edge of a page.</summary>
    internal static bool IsPageNumber(string text) => BareNumber().IsMatch(text) || NamedPageNumber().IsMatch(text);

    // A table of contents tells the printed pages of headings.
    private void ReadContents()
    {
        foreach (var line in source.Lines)
        {
            if (ContentsLine().Match(line.Text.Trim()) is { Success: true } match)
            {
                contents[TextFold.Fold(match.Groups["title"].Value)] = int.Parse(match.Groups["page"].Value, NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }
    }

    private bool IsHeading(int at, SourceLine line, string text)
    {
        if (line.Level > 0)
        {
            return true;
        }

        // Unmarked ones: a short line alone between blank ones that begins with a capital and ends with no stop; or one that the contents name, where
        // a word processor did not take a sentence for a heading.
        var alone = blankBefore && (at + 1 >= source.Lines.Count || source.Lines[at + 1].Text.Trim().Length == 0);
        var plain = Plain(text);
        var words = plain.Count(char.IsWhiteSpace) + 1;
        return alone && ((contents.ContainsKey(TextFold.Fold(plain)) && !(words > MostWordsInHeading && plain.EndsWith('.')))
            || (plain.Length <= LongestHeading && char.IsUpper(plain[0]) && !EndsLikeText().IsMatch(plain) && !plain.Contains(':', StringComparison.Ordinal)
                && words <= MostWordsInHeading && !broken && !Dateline().IsMatch(plain)));
    }

    private void Add(string text)
    {
        var begins = ItemOrNote().IsMatch(text);
        if (paragraph.Length > 0 && broken && !begins && char.IsLower(text[0]) && !Sentences.Ends(paragraph))
        {
            // Over the page's edge the sentence goes on.
            paragraph.Append(Gap).Append(text);
        }
        else if (paragraph.Length > 0 && !blankBefore && !begins)
        {
            paragraph.Append(' ').Append(text);
        }
        else if (Note().IsMatch(text) && paragraph.Length > 0 && !Sentences.Ends(paragraph))
        {
            // A note at the foot of a page stands within the sentence that goes over it.
            passages.Add(new PassageText(section, page, text));
            return;
        }
        else
        {
            Close();
            paragraph.Append(text);
            paragraphPage = page;
        }

        broken = false;
    }

    private void Close()
    {
        broken = false;
        if (paragraph.Length == 0)
        {
            return;
        }

        var whole = paragraph.ToString();
        paragraph.Clear();
        foreach (var part in Sentences.Group(whole, LongestPassage))
        {
            passages.Add(new PassageText(section, paragraphPage, part));
        }
    }

    // What of Markdown's marks is no text.
    private static string Plain(string line) => line.Replace("**", "", StringComparison.Ordinal).Trim().Trim('#', '*', '_').Trim();

    // Blanks alone stand between the cells of a table too.
    [GeneratedRegex(@"^(?<title>.{2,}?)(?=[ \t]*(?:\.\.|\. \.|\u2026))[ .\u2026\t]{3,}(?<page>\d{1,4})$")]
    private static partial Regex ContentsLine();

    // The place and day of a letter.
    [GeneratedRegex(@"\b\d{1,2} de \p{Ll}+ (de|del) \d{4}$")]
    private static partial Regex Dateline();

    [GeneratedRegex(@"^\d{1,4}( *(/|de) *\d{1,4})?$")]
    private static partial Regex BareNumber();

    [GeneratedRegex(@"^(?:[-–—] *\d{1,4} *[-–—]|p[áa]g(?:ina|\.)? *\d{1,4}(?: *(?:/|de) *\d{1,4})?)$", RegexOptions.IgnoreCase)]
    private static partial Regex NamedPageNumber();

    [GeneratedRegex(@"^\d{1,4}[ \t]{2,}|[ \t]{2,}\d{1,4}$")]
    private static partial Regex Apart();

    [GeneratedRegex(@"[.;,:!?…""”)\]]$")]
    private static partial Regex EndsLikeText();

    [GeneratedRegex(@"^([-*•·–] |\d{1,3}[.)] |[a-z]\) |[¹²³⁴⁵⁶⁷⁸⁹⁰]+ )")]
    private static partial Regex ItemOrNote();

    [GeneratedRegex(@"^[¹²³⁴⁵⁶⁷⁸⁹⁰]+ ")]
    private static partial Regex Note();
}
