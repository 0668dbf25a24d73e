using System.Globalization;

namespace OgpBot.Submissions.Export;

/// <summary>
/// Keeps a spreadsheet from running what a citizen wrote: a cell that would begin a formula gets an apostrophe in front
/// (https://owasp.org/www-community/attacks/CSV_Injection). Blanks before the sign, and its full-width form, don't hide it.
/// </summary>
public static class SafeCell
{
    private const string Signs = "=+-@\t\r\n＝＋－＠";

    public static string Write(string text)
    {
        var first = text.FirstOrDefault(letter => !IsUnseen(letter));
        return Signs.Contains(first, StringComparison.Ordinal) ? "'" + text : text;
    }

    private static bool IsUnseen(char letter) =>
        (char.IsWhiteSpace(letter) && letter is not ('\t' or '\r' or '\n')) || char.GetUnicodeCategory(letter) == UnicodeCategory.Format;
}
