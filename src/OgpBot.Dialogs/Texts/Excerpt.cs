namespace OgpBot.Dialogs;

/// <summary>Shows the beginning of a long text. Lengths are UTF-16 units; no character (surrogate pair) is cut in two.</summary>
public static class Excerpt
{
    /// <summary>A text of at most <paramref name="longest"/> units, or the beginning of a longer one.</summary>
    /// <param name="more">Stands after a text that was cut, and is not counted.</param>
    /// <param name="atWord">Cuts between two words. A text without a blank is cut where it gets too long.</param>
    public static string Of(string text, int longest, string more = "", bool atWord = true)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = atWord && text.LastIndexOf(' ', longest) is > 0 and var space ? space : longest;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + more;
    }

    /// <summary>The same in quotation marks: <c>«La calle está»…</c>. The dots stand outside: they are not the citizen's.</summary>
    public static string Quoted(string text, int longest) => $"«{Of(text, longest)}»{(text.Length > longest ? "…" : "")}";
}
