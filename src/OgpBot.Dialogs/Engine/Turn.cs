using System.Globalization;
using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>The engine's working copy of a state during one turn. Steps and interpreters speak and fill slots through it.</summary>
internal sealed class Turn
{
    /// <summary>Ends the key of a question's short form.</summary>
    internal const string BriefForm = "_brief";

    /// <summary>Ends the name of a slot that is shown in quotation marks, and shortened where it is long.</summary>
    internal const string QuotedForm = "_quoted";

    private const int LongestQuote = 120;
    private const int LastWordsShown = 80;

    private (string Text, string Language, Intent? Intent)? likened;

    internal Turn(DialogLibrary library, DialogState state, string? activity)
    {
        Library = library;
        Slots = new TurnSlots(state.Slots, activity, library.IsFreeText);
        Stack = [.. state.Stack];
        Misses = state.Misses;
    }

    internal DialogLibrary Library { get; }

    internal TurnSlots Slots { get; }

    internal List<Frame> Stack { get; }

    internal List<Activity> Activities { get; } = [];

    internal int Misses { get; set; }

    internal Frame Top
    {
        get => Stack[^1];
        set => Stack[^1] = value;
    }

    internal Dialog Dialog => Library.Dialogs[Top.Dialog];

    internal Step? Step => Dialog.StepOf(Top.Step);

    /// <summary>The step at hand was interrupted and is asked again: in brief.</summary>
    internal bool IsResuming { get; set; }

    /// <summary>Whether the citizen is in the middle of a counted dialog, such as that of a submission.</summary>
    internal bool HasDraft => Stack.Exists(frame => Library.Dialogs[frame.Dialog].ProgressOf is not null);

    internal AnswerWords Words => Library.AnswerWordsOf(Language);

    internal string Language =>
        Slots[DialogEngine.LanguageSlot] is { } language && Library.Texts.ContainsKey(language) ? language : LocalizedText.DefaultLanguage;

    /// <summary>Whether a text asks something. «¿ya lo mandé?» does not ask to send it.</summary>
    internal bool Asks(string text) =>
        Library.IsQuestion(text, Language) || Library.HeardOf(Language).Find(TextFold.Fold(text)) is not null;

    /// <summary>What a text says by its likeness to the examples; null where this language has none.</summary>
    internal Intent? IntentOf(string text)
    {
        // Several interpreters ask this of the same text.
        if (likened?.Text != text || likened?.Language != Language)
        {
            likened = (text, Language, Library.IntentOf(text, Language));
        }

        return likened?.Intent;
    }

    /// <summary>The places of the city that a text names.</summary>
    internal IReadOnlyList<Place> PlacesIn(string text) => Library.Places.Find(text, Words.BeforePlaces);

    /// <summary>Whether a step is asked at all, as its <c>when</c> says.</summary>
    internal bool Applies(Step step) => step.When?.Holds(Slots[step.When.Slot]) ?? true;

    internal bool HasText(string key) => Library.Texts[Language][key] is not null;

    /// <summary>Answers by a text of the data, and asks the step at hand again. A text may have another form for who has a draft.</summary>
    internal StepOutcome AnswerBy(string key)
    {
        Say(Text(HasDraft && HasText(key + HeardTexts.Draft) ? key + HeardTexts.Draft : key));
        return AskAgain();
    }

    /// <summary>Asks the step at hand again, in brief.</summary>
    internal StepOutcome AskAgain()
    {
        IsResuming = true;
        return Step!.Enter(this);
    }

    /// <summary>Goes to a step that decides what a text is that was said in place of an option.</summary>
    internal StepOutcome.GoTo PassOn(string text, string target)
    {
        Slots.Fill(DialogEngine.SaidSlot, text.Trim());
        Slots.Fill(DialogEngine.SaidToSlot, DialogEngine.SaidToChoice);
        return new StepOutcome.GoTo(target);
    }

    /// <summary>Leaves the dialogs above a frame; their slots stay.</summary>
    internal void LeaveAbove(int frame) => Stack.RemoveRange(frame + 1, Stack.Count - frame - 1);

    /// <summary>Begins a dialog.</summary>
    internal void Push(StepOutcome.CallDialog call)
    {
        if (Stack.Count >= DialogEngine.MostFrames)
        {
            throw new DialogLimitException($"more than {DialogEngine.MostFrames} dialogs inside one another, at `{call.Dialog}`");
        }

        Stack.Add(new Frame(call.Dialog, Library.Dialogs[call.Dialog].Steps[0].Id, call.Digression));
    }

    /// <summary>Ends a dialog. The one below goes on after its call; where it was interrupted it is asked again.</summary>
    internal StepOutcome? Pop(StepOutcome.End end)
    {
        var ended = Top;
        if (!end.KeepSlots)
        {
            Slots.Clear(Library.SlotsOf(ended.Dialog));
        }

        Stack.RemoveAt(Stack.Count - 1);
        IsResuming |= ended.Digression;
        return ended.Digression || Stack.Count == 0 ? null : new StepOutcome.Next();
    }

    /// <summary>Goes to another step of the dialog.</summary>
    /// <returns>False where there is no further step.</returns>
    internal bool Move(StepOutcome outcome)
    {
        // A question that was answered early may be asked again early, too. Then the open ones before it come first.
        var step = outcome is StepOutcome.GoTo go ? Dialog.StepOf(go.Step) : (Top.Again ? OpenBefore() : null) ?? Dialog.StepAfter(Top.Step);
        if (step is null)
        {
            return false;
        }

        Top = Top with { Step = step.Id, Again = outcome is StepOutcome.GoTo { Again: true } };
        return true;
    }

    /// <summary>
    /// The answered questions of the dialog before the step at hand, the nearest first. Where steps are not counted, menus too.
    /// </summary>
    internal IEnumerable<WaitingStep> AnsweredBefore() => Dialog.Steps.TakeWhile(step => step.Id != Top.Step).OfType<WaitingStep>()
        .Where(step => step.Slot is null ? Dialog.ProgressOf is null : step.Slot != Step!.Slot && Slots[step.Slot] is not null)
        .Where(step => Dialog.ProgressOf is null || step.Progress is not null)
        .Where(Applies)
        .DistinctBy(step => step.Slot ?? step.Id).Reverse();

    /// <summary>The step stands beside the counted ones, such as a confirmation.</summary>
    internal bool IsBesideTheLine => Dialog.ProgressOf is not null && Step is WaitingStep { Progress: null };

    /// <summary>
    /// A step's question: in brief where it was interrupted, after the earlier answer where it is asked again.
    /// In a language that is new it is never brief: the citizen may not have read the long form.
    /// </summary>
    internal string Question(string key)
    {
        var question = IsResuming && !Slots.HasNewLanguage ? Brief(key) : Text(key);
        return Top.Again && Step?.Slot is { } slot && ShowValue(slot) is { Length: > 0 } before
            ? $"{Text("common.before", new Dictionary<string, string> { ["value"] = before })}\n{question}"
            : question;
    }

    /// <summary>A question for who has just read it: its short form where it has one.</summary>
    internal string Brief(string key) => Text(HasText(key + BriefForm) ? key + BriefForm : key);

    /// <summary>Tells what would fit of a text that is too long.</summary>
    internal string TooLong(string text, int most)
    {
        var fits = string.Concat(text.EnumerateRunes().Take(most));
        var from = Math.Max(0, fits.IndexOf(' ', Math.Max(0, fits.Length - LastWordsShown)));
        return Text("common.too_long", new Dictionary<string, string>
        {
            ["most"] = most.ToString("N0", CultureInfo.InvariantCulture),
            ["length"] = DialogEngine.LengthOf(text).ToString("N0", CultureInfo.InvariantCulture),
            ["fits"] = fits[from..].Trim(),
        });
    }

    internal string Text(string key, IReadOnlyDictionary<string, string>? values = null) =>
        Library.Texts[Language][key]?.Render(name => values?.GetValueOrDefault(name) ?? Show(name)) ?? key;

    /// <summary>Speaks; a question also shows how far the citizen has come.</summary>
    internal void Say(string text, IReadOnlyList<Choice>? choices = null, int? progress = null, IReadOnlyList<string>? facts = null)
    {
        var steps = progress is { } step && Dialog.ProgressOf is { } of ? new Progress(step, of) : null;
        Activities.Add(new Activity(steps is null ? text : $"{ProgressLine(steps)}\n{text}")
        {
            Choices = choices is null ? [] : [.. choices.Select(choice => choice.Label)],
            Progress = steps,
            Facts = facts?.Where(name => Slots[name] is not null).ToDictionary(name => name, name => Slots[name]!),
        });
    }

    /// <summary>Tells what was done with a named question: its name and its value stand in the text.</summary>
    internal void SayOf(string key, WaitingStep step, string value) =>
        Say(Text(key, new Dictionary<string, string> { ["name"] = Text(step.Name!), ["value"] = value }));

    private string ProgressLine(Progress steps) => Text("common.progress", new Dictionary<string, string>
    {
        ["step"] = steps.Step.ToString(CultureInfo.InvariantCulture),
        ["of"] = steps.Of.ToString(CultureInfo.InvariantCulture),
    });

    // A slot that was chosen is shown by its label. Other names are facts of the consultation.
    private string? Show(string name) => name switch
    {
        "at_step" => CountedSteps().FirstOrDefault(step => step.Slot is null || Slots[step.Slot] is null)?.Progress?.ToString(CultureInfo.InvariantCulture),
        "of_steps" => Dialog.ProgressOf?.ToString(CultureInfo.InvariantCulture),
        Form.OwnFields => Library.SayOwn(field => Slots[field.Slot], Language),
        Form.NewOwnFields => Library.SayOwn(field => Slots[Form.New + field.Slot], Language),
        _ when name.EndsWith(QuotedForm, StringComparison.Ordinal) =>
            Slots[name[..^QuotedForm.Length]] is { Length: > 0 } text ? Excerpt.Quoted(text, LongestQuote) : null,
        _ => ShowValue(name) ?? Library.Constants.GetValueOrDefault(name)?.In(Language),
    };

    private string? ShowValue(string slot) => Slots[slot] is { } value ? Library.LabelOf(slot, value, Language) ?? value : null;

    private WaitingStep? OpenBefore() =>
        CountedSteps(Top.Step).FirstOrDefault(step => step.Slot is not null && Slots[step.Slot] is null);

    // The counted questions of the dialog that are asked at all, up to a step.
    private IEnumerable<WaitingStep> CountedSteps(string? before = null) =>
        Dialog.Steps.TakeWhile(step => step.Id != before).OfType<WaitingStep>().Where(step => step.Progress is not null && Applies(step));
}
