using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>The kinds of step: the key by which a file names each, and its reader. A new kind needs one file and one line here.</summary>
internal static class StepRegistry
{
    private static readonly Dictionary<string, Func<DataNode, Step>> Readers = new()
    {
        ["say"] = SayStep.Read,
        ["ask"] = AskStep.Read,
        ["number"] = NumberStep.Read,
        ["date"] = DateStep.Read,
        ["choose"] = ChooseStep.Read,
        ["confirm"] = ConfirmStep.Read,
        ["branch"] = BranchStep.Read,
        ["call"] = CallStep.Read,
        ["end"] = EndStep.Read,
    };

    internal static Step? Read(DataNode node)
    {
        var kinds = node.Entries.Select(entry => entry.Key).Where(Readers.ContainsKey).ToList();
        if (kinds.Count != 1)
        {
            node.Report($"a step has exactly one of {string.Join(", ", Readers.Keys)}");
            return null;
        }

        var step = Readers[kinds[0]](node) with { When = Condition.Read(node["when"]) };
        return step is WaitingStep waiting ? waiting with { Help = node["help"].Text, Name = node["name"].Text, Tells = node["tells"].Text } : step;
    }
}
