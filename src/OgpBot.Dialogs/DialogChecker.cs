using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>Checks the dialogs at the start: each step, text, slot, call, dialog and intent that they name must exist.</summary>
internal static class DialogChecker
{
    private static readonly string[] EngineTexts =
    [
        "common.progress", "common.too_long", "common.empty", "common.not_understood", "common.not_understood_again", "common.which", "common.person",
        "common.keep", "common.before", "common.corrected", "common.no_help", "common.no_number", "common.no_date", "common.closest", "common.noted",
        "common.place_one", "common.place_several", "date.long", "date.months", "date.until", "date.no_end", .. AnswerWords.Keys,
    ];

    private static readonly string[] EngineNames =
    [
        "step", "of", "at_step", "of_steps", "value", "name", "most", "least", Form.OwnFields, Form.NewOwnFields, "length", "fits", "day", "month", "year",
    ];

    // Slots that the host fills.
    private static readonly string[] HostSlots =
    [
        DialogEngine.LanguageSlot, DialogEngine.ChannelSlot, DialogEngine.SourceSlot, DialogEngine.SaidSlot, DialogEngine.SaidToSlot, DialogEngine.SaidAtSlot,
    ];

    // In these texts the host puts values with names of its own.
    private static readonly string[] HostSections = ["host.", "page."];

    internal static IReadOnlyList<DataProblem> Check(
        DialogLibrary library, IReadOnlyDictionary<string, IReadOnlyList<IntentExample>> examples, IEnumerable<string> hostTexts)
    {
        var problems = new List<DataProblem>();
        if (!library.Dialogs.ContainsKey(DialogLibrary.MainDialog))
        {
            problems.Add(new DataProblem($"{DialogLibrary.MainDialog}.yaml", 0, "the file is missing: every conversation begins there"));
        }

        foreach (var dialog in library.Dialogs.Values)
        {
            if (dialog.Asides is { } asides && !library.Dialogs.ContainsKey(asides))
            {
                problems.Add(new DataProblem($"{dialog.Id}.yaml", 0, $"`asides`: {NoDialog(asides, library)}"));
            }

            CheckSteps(library, dialog);
            CheckPaths(library, dialog);
            CheckCommands(library, dialog);
        }

        CheckTexts(library, hostTexts, problems);
        CheckIntents(library, examples, problems);
        FormChecker.Check(library, problems);
        return problems;
    }

    // Each intent leads somewhere, and each that a step or an option waits for has examples.
    private static void CheckIntents(DialogLibrary library, IReadOnlyDictionary<string, IReadOnlyList<IntentExample>> all, List<DataProblem> problems)
    {
        var steps = library.Dialogs.Values.SelectMany(dialog => dialog.Steps).OfType<WaitingStep>().ToList();
        var awaited = steps.SelectMany(step => step.Choices.Intents.Append(step.Tells).OfType<string>().Select(intent => (Step: step, Intent: intent))).ToList();
        foreach (var (language, examples) in all)
        {
            if (!library.Texts.TryGetValue(language, out var texts))
            {
                problems.Add(new DataProblem($"intents.{language}.yaml", 0, $"there are no texts of the language `{language}`"));
                continue;
            }

            foreach (var example in examples.DistinctBy(example => example.Intent).Where(example => !Leads(example.Intent, library, texts)))
            {
                example.Source.Report($"the intent `{example.Intent}` leads nowhere{Nearest.Suggestion(example.Intent, [.. texts.Keys, .. awaited.Select(pair => pair.Intent).Distinct()])}");
            }

            var known = examples.Select(example => example.Intent).ToHashSet();
            foreach (var (step, intent) in awaited.Where(pair => known.Count > 0 && !known.Contains(pair.Intent)))
            {
                step.Source.Report($"the intent `{intent}` has no examples in intents.{language}.yaml{Nearest.Suggestion(intent, known)}");
            }
        }
    }

    // A form may ask less than what people tell.
    private static bool Leads(string intent, DialogLibrary library, Texts texts) => IntentNames.Group(intent) switch
    {
        IntentNames.About or IntentNames.Chat => texts[intent] is not null,
        "language" => library.Texts.ContainsKey(intent.Split('.')[^1]),
        IntentNames.Answer or IntentNames.Command or IntentNames.Archive or IntentNames.Danger or IntentNames.Tells => true,
        _ => false,
    };

    // A step that no path reaches is asked by nobody.
    private static void CheckPaths(DialogLibrary library, Dialog dialog)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(dialog.Steps.Take(1).Select(step => step.Id)
            .Concat(dialog.Commands.Select(command => command.GoTo).OfType<string>()).Concat(dialog.Guard?.On.Values ?? []));
        while (open.TryDequeue(out var id))
        {
            if (dialog.StepOf(id) is not { } step || !reached.Add(id))
            {
                continue;
            }

            foreach (var target in step.Targets.Concat(GoesOn(library, step) && dialog.StepAfter(id) is { } next ? [next.Id] : []))
            {
                open.Enqueue(target);
            }
        }

        foreach (var step in dialog.Steps.Where(step => !reached.Contains(step.Id)))
        {
            step.Source.Report($"no path reaches the step `{step.Id}`");
        }
    }

    private static bool GoesOn(DialogLibrary library, Step step) => step.When is not null || step.Slot is not null || step switch
    {
        EndStep => false,
        BranchStep branch => !branch.Ways.Any(way => way.When is null && way.Appends.Count == 0),
        ChooseStep choose => choose.Choices.FallsThrough,
        CallStep { CallsRoom: true } call => library.Contracts.TryGetValue(call.Name, out var contract) && contract.Outcomes.Except(call.On.Keys).Any(),
        _ => true,
    };

    private static void CheckSteps(DialogLibrary library, Dialog dialog)
    {
        var slots = KnownSlots(library);
        foreach (var step in dialog.Steps.Concat(dialog.Guard is { } guard ? [guard] : []))
        {
            foreach (var target in step.Targets.Where(target => dialog.StepOf(target) is null))
            {
                step.Source.Report(NoStep(target, dialog));
            }

            foreach (var find in (step as ChooseStep)?.Finds.Keys.Except(library.Finds.Keys) ?? [])
            {
                step.Source["finds"].Report($"nothing finds `{find}`{Nearest.Suggestion(find, library.Finds.Keys)}");
            }

            foreach (var slot in SlotsUsedBy(step).Where(slot => !slots.Contains(slot)))
            {
                step.Source.Report($"no step fills the slot `{slot}`{Nearest.Suggestion(slot, slots)}");
            }

            foreach (var key in step.TextKeys.Where(key => library.Texts.Values.All(texts => texts[key] is null)))
            {
                step.Source.Report($"there is no text `{key}`{Nearest.Suggestion(key, library.Texts[LocalizedText.DefaultLanguage].Keys)}");
            }

            if (step is CallStep call)
            {
                CheckCall(library, call);
            }
        }
    }

    private static void CheckCall(DialogLibrary library, CallStep call)
    {
        if (!call.CallsRoom)
        {
            if (!library.Dialogs.ContainsKey(call.Name))
            {
                call.Source.Report(NoDialog(call.Name, library));
            }

            return;
        }

        if (!library.Contracts.TryGetValue(call.Name, out var contract))
        {
            call.Source.Report($"nothing answers the call `{call.Name}`{Nearest.Suggestion(call.Name, library.Contracts.Keys)}");
            return;
        }

        foreach (var outcome in call.On.Keys.Except(contract.Outcomes))
        {
            call.Source.Report($"`{call.Name}` never gives `{outcome}`{Nearest.Suggestion(outcome, contract.Outcomes)}");
        }
    }

    private static void CheckCommands(DialogLibrary library, Dialog dialog)
    {
        foreach (var command in dialog.Commands)
        {
            if (new object?[] { command.GoTo, command.CallDialog, command.Does }.Count(way => way is not null) != 1)
            {
                command.Source.Report($"the command `{command.Words}` needs one of `goto`, a step of this dialog, `call`, a dialog, or `does`");
            }
            else if (command.GoTo is { } step && dialog.StepOf(step) is null)
            {
                command.Source.Report(NoStep(step, dialog));
            }
            else if (command.CallDialog is { } called && !library.Dialogs.ContainsKey(called))
            {
                command.Source.Report(NoDialog(called, library));
            }
        }
    }

    private static string NoStep(string step, Dialog dialog) =>
        $"there is no step `{step}` in this dialog{Nearest.Suggestion(step, dialog.Steps.Select(other => other.Id))}";

    private static string NoDialog(string dialog, DialogLibrary library) => $"there is no dialog `{dialog}`{Nearest.Suggestion(dialog, library.Dialogs.Keys)}";

    private static void CheckTexts(DialogLibrary library, IEnumerable<string> hostTexts, List<DataProblem> problems)
    {
        var needed = library.Dialogs.Values
            .SelectMany(dialog => dialog.Steps.SelectMany(step => step.TextKeys).Concat(dialog.Commands.Select(command => command.Words)))
            .Concat(EngineTexts).Concat(hostTexts).Distinct().ToList();
        var names = KnownSlots(library).Concat(library.Constants.Keys).Concat(EngineNames).ToHashSet();
        var first = library.Texts[LocalizedText.DefaultLanguage];
        foreach (var texts in library.Texts.Values)
        {
            problems.AddRange(needed.Union(first.Keys).Where(key => texts[key] is null)
                .Select(key => new DataProblem(texts.File, 0, $"the text `{key}` is missing{Nearest.Suggestion(key, texts.Keys.Except(needed))}")));
            foreach (var key in texts.Keys)
            {
                CheckNames(texts, first, key, names, problems);
            }
        }
    }

    private static void CheckNames(Texts texts, Texts first, string key, HashSet<string> names, List<DataProblem> problems)
    {
        var shown = texts[key]!.Names.ToList();
        var isHosts = HostSections.Any(section => key.StartsWith(section, StringComparison.Ordinal));
        string Slot(string name) => name.EndsWith(Turn.QuotedForm, StringComparison.Ordinal) ? name[..^Turn.QuotedForm.Length] : name;
        problems.AddRange(shown.Where(name => !isHosts && !names.Contains(name) && !names.Contains(Slot(name))).Select(name => new DataProblem(texts.File, texts.LineOf(key), $"`{{{name}}}` is no slot and no fact{Nearest.Suggestion(name, names)}")));
        if (first[key] is { } original && !original.Names.ToHashSet().SetEquals(shown))
        {
            problems.Add(new DataProblem(texts.File, texts.LineOf(key), $"the text `{key}` shows other values than in {first.File}"));
        }
    }

    private static HashSet<string> KnownSlots(DialogLibrary library)
    {
        var steps = library.Dialogs.Values.SelectMany(dialog => dialog.Steps).ToList();
        return
        [
            .. HostSlots, .. steps.SelectMany(step => step.Filled), .. library.Contracts.Values.SelectMany(contract => contract.Values),
        ];
    }

    private static IEnumerable<string> SlotsUsedBy(Step step)
    {
        var conditions = new[] { step.When }.Concat((step as BranchStep)?.Ways.Select(way => way.When) ?? []);
        var cleared = step switch
        {
            BranchStep branch => branch.Ways.SelectMany(way => (string[])[.. way.Clears, .. way.Withdraws, .. way.Copies.Values, .. way.Appends.Values, .. way.Appends.Keys]),
            ChooseStep choose => choose.Choices.Cleared.Concat(choose.First is { } first ? [first] : []),
            SayStep say => say.Facts,
            _ => [],
        };
        return conditions.OfType<Condition>().Select(condition => condition.Slot).Concat(cleared);
    }
}
