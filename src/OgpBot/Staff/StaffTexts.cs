using OgpBot.Dialogs;

namespace OgpBot.Staff;

/// <summary>What staff read: <c>review/texts.xx.yaml</c>, in each language of the consultation.</summary>
public sealed class StaffTexts
{
    private readonly Dictionary<string, Texts> byLanguage;

    private StaffTexts(Dictionary<string, Texts> byLanguage) => this.byLanguage = byLanguage;

    /// <summary>The languages that the desk speaks.</summary>
    public IEnumerable<string> Languages => byLanguage.Keys;

    /// <summary>Reads all languages. Each must have the keys of the default one.</summary>
    /// <param name="directory">Where the consultation lies.</param>
    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    public static StaffTexts Load(string directory)
    {
        var problems = new List<DataProblem>();
        var all = Directory.GetFiles(Path.Combine(directory, "review"), "texts.*.yaml").Order(StringComparer.Ordinal)
            .Select(file => Texts.Read(file, problems)).ToDictionary(texts => texts.Language);
        if (!all.TryGetValue(LocalizedText.DefaultLanguage, out var first))
        {
            problems.Add(new DataProblem($"review/texts.{LocalizedText.DefaultLanguage}.yaml", 0, "the file is missing"));
        }

        foreach (var other in all.Values.Where(texts => texts != first))
        {
            problems.AddRange(first?.Keys.Except(other.Keys).Select(key => new DataProblem($"review/{other.File}", 0, $"the text `{key}` is missing")) ?? []);
            problems.AddRange(other.Keys.Except(first?.Keys ?? []).Select(key => new DataProblem($"review/{other.File}", other.LineOf(key), $"there is no text `{key}` in the default language")));
        }

        return problems.Count == 0 ? new StaffTexts(all) : throw new DataException(problems);
    }

    /// <summary>A text, with values in the order in which it names them: <c>{0}</c>, <c>{1}</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text: a mistake of the program, which a test finds.</exception>
    public string Say(string language, string key, params ReadOnlySpan<string> values)
    {
        var texts = byLanguage.GetValueOrDefault(language) ?? byLanguage[LocalizedText.DefaultLanguage];
        var given = values.ToArray();
        return (texts[key] ?? throw new KeyNotFoundException($"There is no text `{key}` in {texts.File}."))
            .Render(name => int.TryParse(name, out var at) && at < given.Length ? given[at] : null);
    }
}
