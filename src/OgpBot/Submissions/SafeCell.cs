namespace OgpBot.Submissions;

/// <summary>
/// Keeps a spreadsheet from running what a citizen wrote: a cell that would begin a formula gets an apostrophe in front
/// (https://owasp.org/www-community/attacks/CSV_Injection). Blanks before the sign, and its full-width form, don't hide it.
/// </summary>
public static class SafeCell
{
    private const string Signs = "=+-@\t\r\n＝＋－＠";

    public static string Write(string text)
    {
        var first = text.AsSpan().TrimStart(" \u00A0\u3000\u200B\uFEFF");
        return first.Length > 0 && Signs.Contains(first[0], StringComparison.Ordinal) ? "'" + text : text;
    }
}
