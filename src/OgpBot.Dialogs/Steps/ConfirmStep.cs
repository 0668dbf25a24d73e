namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Asks yes or no before something that cannot be undone.
/// <c>- {id: cancel, confirm: submission.cancel, yes: {label: common.yes_cancel, goto: cancelled}, no: {label: common.no_go_on, goto: form}}</c>
/// </summary>
public sealed record ConfirmStep(string Id, string Question, ChoiceList Choices, int? Progress, DataNode Source)
    : ChooseStep(Id, Question, null, Choices, Progress, Source)
{
    internal static new ConfirmStep Read(DataNode node)
    {
        node.Only("id", "confirm", "yes", "no", "progress", "when");
        return new ConfirmStep(node.Required("id"), node.Required("confirm"), ChoiceList.YesNo(node), node.Number("progress"), node);
    }
}
