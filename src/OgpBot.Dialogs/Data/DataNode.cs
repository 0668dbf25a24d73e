using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OgpBot.Dialogs;

/// <summary>
/// A node of a YAML data file. It knows its line, so a mistake is reported with file and line.
/// A missing or wrong value is noted in <see cref="Problems"/> and read as empty. So one run shows all mistakes.
/// </summary>
public sealed class DataNode
{
    private readonly YamlNode? node;

    private DataNode(YamlNode? node, string file, int line, List<DataProblem> problems)
    {
        this.node = node;
        File = file;
        Line = line;
        Problems = problems;
    }

    public string File { get; }

    public int Line { get; }

    public List<DataProblem> Problems { get; }

    /// <summary>Whether the file holds something here.</summary>
    public bool Exists => node is not null;

    public bool IsList => node is YamlSequenceNode;

    public bool IsMap => node is YamlMappingNode;

    /// <summary>Reads a file. One that cannot be read gives a problem and an empty node.</summary>
    public static DataNode Read(string path, string name, List<DataProblem> problems)
    {
        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            return new DataNode(yaml.Documents.Count > 0 ? yaml.Documents[0].RootNode : null, name, 1, problems);
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException)
        {
            // The second is what its scanner throws at some texts that are no YAML, such as a list that is never closed.
            var line = (int)((error as YamlException)?.Start.Line ?? 0);
            problems.Add(new DataProblem(name, line, $"this is not YAML: {error.InnerException?.Message ?? error.Message}"));
        }
        catch (IOException)
        {
            problems.Add(new DataProblem(name, 0, "the file can't be read"));
        }

        return new DataNode(null, name, 0, problems);
    }

    /// <summary>The keys and values of a map, in the order of the file.</summary>
    public IEnumerable<(string Key, DataNode Value)> Entries =>
        node is YamlMappingNode map ? map.Children.Select(pair => (KeyOf(pair.Key), At(pair.Value))) : [];

    /// <summary>What stands under the key; check <see cref="Exists"/>.</summary>
    public DataNode this[string key]
    {
        get
        {
            foreach (var (name, value) in Entries)
            {
                if (name == key)
                {
                    return value;
                }
            }

            return new DataNode(null, File, Line, Problems);
        }
    }

    public IEnumerable<DataNode> Items => node is YamlSequenceNode list ? list.Children.Select(At) : [];

    /// <summary>The text here, or null.</summary>
    public string? Text => node is YamlScalarNode { Value: { } value } scalar && !IsNull(scalar) ? value : null;

    public string Required(string key) => this[key].Text ?? Missing(key);

    public int? Number(string key)
    {
        var value = this[key];
        if (!value.Exists)
        {
            return null;
        }

        if (int.TryParse(value.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        value.Report($"`{key}` must be a whole number");
        return null;
    }

    public bool Flag(string key)
    {
        var value = this[key];
        if (value.Exists && value.Text is not ("true" or "false"))
        {
            value.Report($"`{key}` must be true or false");
        }

        return value.Text == "true";
    }

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var value = this[key];
        return value.Text is { } one ? [one] : [.. value.Items.Select(item => item.Text ?? "").Where(text => text.Length > 0)];
    }

    public void Report(string message) => Problems.Add(new DataProblem(File, Line, message));

    /// <summary>Notes each key that the reader does not know, with the nearest one that it does.</summary>
    public DataNode Only(params IEnumerable<string> known)
    {
        foreach (var (key, value) in Entries)
        {
            if (!known.Contains(key))
            {
                value.Report($"`{key}` is not known here{Nearest.Suggestion(key, known)}");
            }
        }

        return this;
    }

    private static bool IsNull(YamlScalarNode scalar) => scalar.Style == ScalarStyle.Plain && scalar.Value is "" or "~" or "null";

    private static string KeyOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";

    private DataNode At(YamlNode child) => new(child, File, (int)child.Start.Line, Problems);

    private string Missing(string key)
    {
        Report($"`{key}` is missing");
        return "";
    }
}
