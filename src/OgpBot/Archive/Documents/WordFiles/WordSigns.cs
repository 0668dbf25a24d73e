using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace OgpBot.Archive.Documents.WordFiles;

/// <summary>The signs that Word shows for symbols of its fonts and for fields of forms.</summary>
internal static class WordSigns
{
    // The signs of lists and forms (https://www.unicode.org/L2/L2011/11344-wingding-to-unicode.pdf).
    private static readonly Dictionary<string, Dictionary<int, string>> Symbols = new()
    {
        ["Wingdings"] = Signs("6C● 6E■ 6F□ 71❑ 76❖ 9F• A7▪ A8◻ D8➢ DF← E0→ E8➔ FB✗ FC✓ FD☒ FE☑"),
        ["Wingdings 2"] = Signs("4F✗ 50✓ 51☒ 52☑ A3□"),
        ["Symbol"] = Signs("A3≤ AE→ B0° B1± B3≥ B4× B7• B9≠ BB≈"),
        ["Webdings"] = Signs("61✓ 72✗"),
    };

    /// <returns>Null: the font is not known to have such a sign.</returns>
    internal static string? Of(SymbolChar symbol)
    {
        var font = symbol.Font?.Value ?? "";
        var code = int.TryParse(symbol.Char?.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;

        // Fonts that have signs of their own use codes from 0xE000, where Unicode leaves room.
        return code is > ' ' and < 0xE000 && !Symbols.ContainsKey(font)
            ? ((char)code).ToString()
            : Symbols.GetValueOrDefault(font)?.GetValueOrDefault(code & 0xFF);
    }

    /// <summary>The box of a check box, or the chosen entry of a list; empty for other fields.</summary>
    internal static string Of(FormFieldData field)
    {
        if (field.GetFirstChild<CheckBox>() is { } box)
        {
            return IsOn(box.GetFirstChild<Checked>() ?? (OnOffType?)box.GetFirstChild<DefaultCheckBoxFormFieldState>()) ? "☒" : "☐";
        }

        var list = field.GetFirstChild<DropDownListFormField>();
        var chosen = list?.GetFirstChild<DropDownListSelection>()?.Val?.Value ?? list?.GetFirstChild<DefaultDropDownListItemIndex>()?.Val?.Value ?? 0;
        return list?.Elements<ListEntryFormField>().ElementAtOrDefault(chosen)?.Val?.Value ?? "";
    }

    /// <summary>Whether a setting is on: an element without a value switches on.</summary>
    internal static bool IsOn(OnOffType? setting) => setting is not null && (setting.Val is null || setting.Val.Value);

    private static Dictionary<int, string> Signs(string list) =>
        list.Split(' ').ToDictionary(sign => int.Parse(sign[..2], NumberStyles.HexNumber, CultureInfo.InvariantCulture), sign => sign[2..]);
}
