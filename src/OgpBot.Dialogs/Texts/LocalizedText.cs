namespace OgpBot.Dialogs;

/// <summary>A title or explanation in several languages: <c>{es: …, en: …}</c> in a data file.</summary>
public sealed class LocalizedText
{
    /// <summary>The language in which every text exists. Another language that lacks a text falls back to it.</summary>
    public const string DefaultLanguage = "es";

    private readonly Dictionary<string, string> byLanguage;

    private LocalizedText(Dictionary<string, string> byLanguage) => this.byLanguage = byLanguage;

    /// <summary>The same text in every language, such as the name of a place.</summary>
    public static LocalizedText Same(string text) => new(new() { [DefaultLanguage] = text });

    internal static LocalizedText Of(Dictionary<string, string> byLanguage) => new(byLanguage);

    public static LocalizedText Read(DataNode node)
    {
        if (node.Text is { } same)
        {
            return Same(same.Trim());
        }

        var texts = node.Entries.Where(entry => entry.Value.Text is not null).ToDictionary(entry => entry.Key, entry => entry.Value.Text!.Trim());
        if (!texts.ContainsKey(DefaultLanguage))
        {
            node.Report($"a text in the language `{DefaultLanguage}` is missing");
            texts[DefaultLanguage] = "";
        }

        return new LocalizedText(texts);
    }

    public string In(string language) => byLanguage.TryGetValue(language, out var text) ? text : byLanguage[DefaultLanguage];
}
