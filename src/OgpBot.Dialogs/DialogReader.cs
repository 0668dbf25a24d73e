using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>Reads a dialog's file. The file's name without its extension is the dialog's id.</summary>
internal static class DialogReader
{
    private static readonly Dictionary<string, CommandAct> Acts = new()
    {
        ["back"] = CommandAct.Back,
        ["step-help"] = CommandAct.StepHelp,
        ["correct"] = CommandAct.Correct,
        ["mistake"] = CommandAct.Mistake,
    };

    internal static Dialog Read(string path, List<DataProblem> problems)
    {
        var file = Path.GetFileName(path);
        var root = DataNode.Read(path, file, problems).Only("progress", "guard", "commands", "asides", "keeps", "steps");
        var steps = root["steps"].Items.Select(StepRegistry.Read).OfType<Step>().ToList();
        if (steps.Count == 0)
        {
            root.Report("a dialog needs `steps`");
        }

        foreach (var twice in steps.GroupBy(step => step.Id).Where(group => group.Count() > 1))
        {
            twice.Last().Source.Report($"the step `{twice.Key}` stands twice");
        }

        return new Dialog(Path.GetFileNameWithoutExtension(path), steps)
        {
            ProgressOf = root.Number("progress"),
            Guard = root["guard"].Exists ? CallStep.ReadGuard(root["guard"]) : null,
            Commands = [.. root["commands"].Items.Select(ReadCommand)],
            Asides = root["asides"].Text,
            Keeps = root.Texts("keeps"),
        };
    }

    private static DialogCommand ReadCommand(DataNode node)
    {
        node.Only("words", "goto", "call", "does");
        return new DialogCommand(node.Required("words"), node["goto"].Text, node["call"].Text, ReadAct(node["does"]), node);
    }

    private static CommandAct? ReadAct(DataNode node)
    {
        if (node.Text is null)
        {
            return null;
        }

        if (Acts.TryGetValue(node.Text, out var act))
        {
            return act;
        }

        node.Report($"`does: {node.Text}` is not known{Nearest.Suggestion(node.Text, Acts.Keys)}");
        return null;
    }
}
