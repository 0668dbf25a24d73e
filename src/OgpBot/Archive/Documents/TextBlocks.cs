using System.Text;

namespace OgpBot.Archive.Documents;

/// <summary>
/// Writes text as <see cref="Passages"/> reads it. A block is one line with a blank line after it. Items and rows of tables begin with a dash, headings
/// with <c>#</c>. White space within a block becomes one blank.
/// </summary>
internal sealed class TextBlocks
{
    internal const string Item = "- ";

    /// <summary>Begins a page without head and foot, which these files keep apart from the text. A form feed begins a page that may have them.</summary>
    internal const char Page = '\v';

    /// <summary>Characters in all; a file of 50 MB can unpack to far more.</summary>
    internal const int Longest = 20_000_000;

    private const string BetweenCells = " | ";

    // Where a word may be divided, or not: it is found and quoted without.
    private const string Invisible = "\u00AD\u200B\u2060\uFEFF";

    private static readonly char[] Blanks = [' ', '\n', Page];

    private readonly StringBuilder text = new();
    private readonly StringBuilder block = new();
    private string mark = "";
    private int cellDepth;
    private int pagesToBegin;

    /// <summary>Where it stands, in words for a person: after those that were written last.</summary>
    internal string Place
    {
        get
        {
            const int Words = 8;
            var before = (block.Length > 0 ? block : text).ToString().Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            return before.Length == 0 ? "at the beginning" : $"after «{string.Join(' ', before.TakeLast(Words))}»";
        }
    }

    internal void Begin(string mark)
    {
        // What a cell has within it stays in its row.
        if (cellDepth > 0)
        {
            Add(" ");
            return;
        }

        if (block.Length == 0 && mark.Length == 0)
        {
            // The paragraph within an item is that item.
            return;
        }

        End();
        this.mark = mark;
    }

    internal void Add(ReadOnlySpan<char> words)
    {
        foreach (var sign in words)
        {
            if (Invisible.Contains(sign, StringComparison.Ordinal))
            {
                continue;
            }

            if (!char.IsWhiteSpace(sign) && !char.IsControl(sign))
            {
                block.Append(sign);
            }
            else if (block.Length > 0 && block[^1] != ' ')
            {
                block.Append(' ');
            }
        }

        if (text.Length + block.Length > Longest)
        {
            throw new UnreadableDocumentException($"it has more than {Longest / 1_000_000} million characters");
        }
    }

    internal void InCell(Action write)
    {
        var before = block.Length;
        if (before > 0)
        {
            Add(BetweenCells);
        }

        var begin = block.Length;
        cellDepth++;
        write();
        cellDepth--;

        // An empty cell is not told.
        if (block.ToString(begin, block.Length - begin).Trim().Length == 0)
        {
            block.Length = before;
        }
    }

    internal void End()
    {
        if (cellDepth > 0)
        {
            Add(" ");
            return;
        }

        var words = block.ToString().Trim();
        block.Clear();
        if (words.Length > 0)
        {
            text.Append(mark).Append(words).Append("\n\n");
        }

        text.Append(Page, pagesToBegin);
        (mark, pagesToBegin) = ("", 0);
    }

    /// <summary>Begins a page. A row of a table is ended first.</summary>
    internal void NewPage()
    {
        pagesToBegin++;
        if (cellDepth > 0)
        {
            return;
        }

        var pending = block.Length == 0 ? mark : "";
        End();
        mark = pending;
    }

    /// <summary>Ends a page of a file that tells them all: one without text counts too.</summary>
    internal void EndPage()
    {
        End();
        text.Append(Page).Append('\n');
    }

    /// <summary>A number as marks of notes are written.</summary>
    internal static string Raised(string number) => string.Concat(number.Where(char.IsAsciiDigit).Select(digit => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    public override string ToString()
    {
        End();
        return text.ToString();
    }
}
