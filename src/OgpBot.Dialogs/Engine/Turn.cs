using System.Globalization;
using OgpBot.Dialogs.Steps;

namespace OgpBot.Dialogs;

/// <summary>The engine's working copy of a state during one turn; steps speak and fill slots through it.</summary>
internal sealed class Turn
{
    /// <summary>Ends the key of a question's short form.</summary>
    internal const string BriefForm = "_brief";

    /// <summary>Ends the name of a slot that is quoted, cut where it is long.</summary>
    internal const string QuotedForm = "_quoted";

    /// <summary>The slot for words that no question took.</summary>
    internal const string AlsoSlot = "also_said";

    // All of it together; a longer text has been asked about.
    private const int LongestAlso = 300;
    private const int LongestQuote = 120;
    private const int LastWordsShown = 80;

    private readonly Dictionary<string, Slot> slots;
    private readonly string? activity;
    private bool languageChanged;
    private (string Text, string Language, Intent? Intent)? likened;

    internal Turn(DialogLibrary library, DialogState state, string? activity)
    {
        Library = library;
        this.activity = activity;
        slots = new Dictionary<string, Slot>(state.Slots);
        Stack = [.. state.Stack];
        Misses = state.Misses;
    }

    internal DialogLibrary Library { get; }

    internal List<Frame> Stack { get; }

    internal List<Activity> Activities { get; } = [];

    internal List<Slot> Withdrawn { get; } = [];

    internal int Misses { get; set; }

    internal IReadOnlyDictionary<string, Slot> Slots => slots;

    internal Frame Top
    {
        get => Stack[^1];
        set => Stack[^1] = value;
    }

    internal Dialog Dialog => Library.Dialogs[Top.Dialog];

    internal Step? Step => Dialog.StepOf(Top.Step);

    /// <summary>The step at hand was interrupted and is asked again: in brief.</summary>
    internal bool IsResuming { get; set; }

    /// <summary>Whether she is in the middle of a counted dialog, such as that of a submission.</summary>
    internal bool HasDraft => Stack.Exists(frame => Library.Dialogs[frame.Dialog].ProgressOf is not null);

    internal AnswerWords Words => Library.AnswerWordsOf(Language);

    internal string Language => ValueOfSlot(DialogEngine.LanguageSlot) is { } language && Library.Texts.ContainsKey(language)
        ? language
        : LocalizedText.DefaultLanguage;

    internal string? ValueOfSlot(string slot) => slots.GetValueOrDefault(slot)?.Value;

    internal void Fill(string slot, string value)
    {
        if (value.Length > DialogEngine.LongestSlot || (!slots.ContainsKey(slot) && slots.Count >= DialogEngine.MostSlots))
        {
            throw new DialogLimitException($"slot `{slot}` passes the limit of {DialogEngine.LongestSlot} characters or {DialogEngine.MostSlots} slots");
        }

        slots[slot] = new Slot(value, activity);
        languageChanged |= slot == DialogEngine.LanguageSlot;
    }

    /// <summary>Fills a slot with another value than the citizen's own, which is withdrawn.</summary>
    internal void Replace(string slot, string value)
    {
        if (ValueOfSlot(slot) != value)
        {
            Withdraw([slot]);
        }

        Fill(slot, value);
    }

    /// <summary>Empties slots because the citizen answers anew: a free text that was there is taken back.</summary>
    internal void Withdraw(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (slots.Remove(name, out var slot) && slot is { Activity: not null, Value.Length: > 0 } && Library.IsFreeText(name))
            {
                Withdrawn.AddRange(slot.Messages);
            }
        }
    }

    /// <summary>Joins another text to a free text; both messages that brought it are remembered.</summary>
    /// <returns>False where it would be too long; then nothing is changed.</returns>
    internal bool Append(string name, string from)
    {
        var (slot, addition) = (slots.GetValueOrDefault(name), slots.GetValueOrDefault(from));
        if (slot is null || addition is null || DialogEngine.LengthOf(slot.Value) + 1 + DialogEngine.LengthOf(addition.Value) > DialogEngine.LongestText)
        {
            return false;
        }

        slots[name] = slot.With(addition);
        return true;
    }

    /// <summary>Keeps words that no question took, after those that were kept before; she sees them in the end, and may take them out.</summary>
    internal void KeepAlso(string text)
    {
        var words = text.Trim();
        if (DialogEngine.LengthOf(words) > LongestAlso)
        {
            return;
        }

        var slot = slots.GetValueOrDefault(AlsoSlot);
        if (slot is null or { Value.Length: 0 })
        {
            Fill(AlsoSlot, words);
        }
        else if (!slot.Value.Contains(words, StringComparison.Ordinal) && DialogEngine.LengthOf(slot.Value) + 1 + DialogEngine.LengthOf(words) <= LongestAlso)
        {
            slots[AlsoSlot] = slot.With(new Slot(words, activity));
        }
    }

    /// <summary>Gives a slot what another holds.</summary>
    internal void Copy(string name, string from)
    {
        if (slots.TryGetValue(from, out var slot))
        {
            Withdraw([name]);
            slots[name] = slot;
            languageChanged |= name == DialogEngine.LanguageSlot;
        }
    }

    /// <summary>Whether a text asks something: «¿ya lo mandé?» is no word to send it.</summary>
    internal bool Asks(string text) =>
        Library.IsQuestion(text, Language) || Library.HeardOf(Language).Find(TextFold.Fold(text)) is not null;

    /// <summary>What a text says by its likeness to the examples; null where there are none in this language.</summary>
    internal Intent? IntentOf(string text)
    {
        // Several of those who decide what a text means ask; the last answer serves all of them.
        if (likened?.Text != text || likened?.Language != Language)
        {
            likened = (text, Language, Library.IntentOf(text, Language));
        }

        return likened?.Intent;
    }

    /// <summary>Whether a step is asked at all, as its <c>when</c> says.</summary>
    internal bool Applies(Step step) => step.When?.Holds(ValueOfSlot(step.When.Slot)) ?? true;

    internal bool HasText(string key) => Library.Texts[Language][key] is not null;

    /// <summary>Answers by a text of the data: by its form for who has a draft in hand, where it has one.</summary>
    internal void SayHeard(string key) => Say(Text(HasDraft && HasText(key + HeardTexts.Draft) ? key + HeardTexts.Draft : key));

    /// <summary>Asks the step at hand again, in brief.</summary>
    internal StepOutcome AskAgain()
    {
        IsResuming = true;
        return Step!.Enter(this);
    }

    /// <summary>Leaves the dialogs above a frame; what they know stays.</summary>
    internal void LeaveAbove(int frame) => Stack.RemoveRange(frame + 1, Stack.Count - frame - 1);

    /// <summary>The questions of the dialog at hand before its step that were answered; the nearest first. Where steps are not counted, menus too.</summary>
    internal IEnumerable<WaitingStep> AnsweredBefore() => Dialog.Steps.TakeWhile(step => step.Id != Top.Step).OfType<WaitingStep>()
        .Where(step => step.Slot is null ? Dialog.ProgressOf is null : step.Slot != Step!.Slot && ValueOfSlot(step.Slot) is not null)
        .Where(step => Dialog.ProgressOf is null || step.Progress is not null)
        .Where(Applies)
        .DistinctBy(step => step.Slot ?? step.Id).Reverse();

    /// <summary>The first counted question before the step at hand that is open; null: none is.</summary>
    internal WaitingStep? OpenBefore() => Dialog.Steps.TakeWhile(step => step.Id != Top.Step).OfType<WaitingStep>()
        .FirstOrDefault(step => step is { Progress: not null, Slot: not null } && ValueOfSlot(step.Slot) is null && Applies(step));

    /// <summary>The step stands beside the counted ones, such as a confirmation: what was asked before it goes on.</summary>
    internal bool IsBesideTheLine => Dialog.ProgressOf is not null && Step is WaitingStep { Progress: null };

    internal void Clear(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            slots.Remove(name);
        }
    }

    /// <summary>A step's question, in brief where it was interrupted (a long one may not have been read in a language that is new); where it is asked again, after what was answered before.</summary>
    internal string Question(string key)
    {
        var question = IsResuming && !languageChanged ? Brief(key) : Text(key);
        return Top.Again && Step?.Slot is { } slot && ShowValue(slot) is { Length: > 0 } before ? $"{Text("common.before", new Dictionary<string, string> { ["value"] = before })}\n{question}" : question;
    }

    /// <summary>A question for who has just read it: its short form where it has one.</summary>
    internal string Brief(string key) => Library.Texts[Language][key + BriefForm] is null ? Text(key) : Text(key + BriefForm);

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
            Facts = facts?.Where(name => ValueOfSlot(name) is not null).ToDictionary(name => name, name => ValueOfSlot(name)!),
        });
    }

    /// <summary>Tells what was done with a named question: its name and its value stand in the text.</summary>
    internal void SayOf(string key, WaitingStep step, string value) => Say(Text(key, new Dictionary<string, string> { ["name"] = Text(step.Name!), ["value"] = value }));

    private string ProgressLine(Progress steps) => Text("common.progress", new Dictionary<string, string>
    {
        ["step"] = steps.Step.ToString(CultureInfo.InvariantCulture),
        ["of"] = steps.Of.ToString(CultureInfo.InvariantCulture),
    });

    // A slot that was chosen is shown by its label; other names are facts of the consultation.
    private string? Show(string name) => name switch
    {
        "at_step" => NextQuestion?.Progress?.ToString(CultureInfo.InvariantCulture),
        "of_steps" => Dialog.ProgressOf?.ToString(CultureInfo.InvariantCulture),
        Form.OwnFields => Library.SayOwn(field => ValueOfSlot(field.Slot), Language),
        Form.NewOwnFields => Library.SayOwn(field => ValueOfSlot(Form.New + field.Slot), Language),
        _ when name.EndsWith(QuotedForm, StringComparison.Ordinal) => ValueOfSlot(name[..^QuotedForm.Length]) is { Length: > 0 } text ? Quote(text) : null,
        _ => ShowValue(name) ?? Library.Constants.GetValueOrDefault(name)?.In(Language),
    };

    // The first question of the dialog that is still open: where a draft goes on.
    private WaitingStep? NextQuestion => Dialog.Steps.OfType<WaitingStep>().FirstOrDefault(step =>
        step.Progress is not null && (step.Slot is null || ValueOfSlot(step.Slot) is null) && Applies(step));

    private string? ShowValue(string slot) => ValueOfSlot(slot) is { } value ? Library.LabelOf(slot, value, Language) ?? value : null;

    // The dots stand outside, so that a text that is taken back is known by what is between « and ».
    private static string Quote(string text)
    {
        if (text.Length <= LongestQuote)
        {
            return $"«{text}»";
        }

        var end = text.LastIndexOf(' ', LongestQuote) is > 0 and var space ? space : LongestQuote;
        return $"«{text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)]}»…";
    }
}
