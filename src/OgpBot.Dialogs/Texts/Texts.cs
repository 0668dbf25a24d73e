namespace OgpBot.Dialogs;

/// <summary>All texts of one language (<c>texts.xx.yaml</c>). Nested keys are joined by dots.</summary>
public sealed class Texts
{
    private readonly Dictionary<string, TextTemplate> templates = [];
    private readonly Dictionary<string, int> lines = [];

    private Texts(string language, string file) => (Language, File) = (language, file);

    /// <summary>The language's tag, such as <c>es</c>: the middle of the file's name.</summary>
    public string Language { get; }

    public string File { get; }

    public IEnumerable<string> Keys => templates.Keys;

    public TextTemplate? this[string key] => templates.GetValueOrDefault(key);

    /// <summary>A text without values. Where there is none, its key; <see cref="DialogChecker"/> reports that at the start.</summary>
    public string Plain(string key) => templates.TryGetValue(key, out var template) ? template.Render(_ => null) : key;

    public int LineOf(string key) => lines.GetValueOrDefault(key);

    public static Texts Read(string path, List<DataProblem> problems)
    {
        var file = Path.GetFileName(path);
        var texts = new Texts(file.Split('.')[1], file);
        texts.Add("", DataNode.Read(path, file, problems));
        return texts;
    }

    private void Add(string prefix, DataNode node)
    {
        foreach (var (key, value) in node.Entries)
        {
            var name = prefix + key;
            if (value.IsMap)
            {
                Add(name + ".", value);
                continue;
            }

            try
            {
                lines[name] = value.Line;
                templates[name] = TextTemplate.Parse((value.Text ?? "").TrimEnd());
            }
            catch (FormatException error)
            {
                value.Report($"the text `{name}` can't be read: {error.Message}");
            }
        }
    }
}
