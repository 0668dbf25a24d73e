using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>Checks the form against the dialogs at the start: each slot of the form is stored, and a step fills each field.</summary>
internal static class FormChecker
{
    internal static void Check(DialogLibrary library, List<DataProblem> problems)
    {
        var steps = library.Dialogs.Values.SelectMany(dialog => dialog.Steps).ToList();
        var filled = steps.SelectMany(step => step.Filled).Append(TurnSlots.AlsoSlot).ToHashSet();
        var slots = library.Form.Fields.Select(field => field.Slot).ToList();
        foreach (var step in library.Dialogs.Values.Where(dialog => dialog.ProgressOf is not null).SelectMany(dialog => dialog.Steps).OfType<WaitingStep>()
            .Where(step => step.Progress is not null && step.Slot is not null && !slots.Contains(step.Slot)))
        {
            var suggestion = Nearest.Suggestion(step.Slot!, slots.Except(filled));
            step.Source.Report($"the slot `{step.Slot}` is filled and kept nowhere: {Form.File} has no such field{suggestion}");
        }

        problems.AddRange(library.HostFields.Except(slots).Select(slot => new DataProblem(
            Form.File, 0, $"the field `{slot}` is missing{Nearest.Suggestion(slot, slots.Except(library.HostFields))}")));
        foreach (var field in library.Form.Fields)
        {
            Check(library, field, filled);
        }
    }

    private static void Check(DialogLibrary library, FormField field, HashSet<string> filled)
    {
        if (!filled.Contains(field.Slot))
        {
            field.Source.Report($"no step fills the field `{field.Slot}`{Nearest.Suggestion(field.Slot, filled)}");
        }

        if (field.Corrected && !filled.Contains(Form.New + field.Slot))
        {
            field.Source.Report($"no step fills `{Form.New}{field.Slot}`, by which the field would be corrected");
        }

        if (library.Texts[LocalizedText.DefaultLanguage][field.Label] is null)
        {
            field.Source.Report($"there is no text `{field.Label}`{Nearest.Suggestion(field.Label, library.Texts[LocalizedText.DefaultLanguage].Keys)}");
        }
    }
}
