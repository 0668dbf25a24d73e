namespace OgpBot.Dialogs;

/// <summary>The engine's working copy of a state during one turn; steps speak and fill slots through it.</summary>
internal sealed class Turn
{
    private readonly Dictionary<string, Slot> slots;
    private readonly string? activity;

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
                Withdrawn.Add(slot);
            }
        }
    }

    internal void Clear(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            slots.Remove(name);
        }
    }

    internal string Text(string key) => Library.Texts[Language][key]?.Render(Show) ?? key;

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

    private string ProgressLine(Progress steps) => Library.Texts[Language]["common.progress"]!.Render(name => name == "step"
        ? steps.Step.ToString(System.Globalization.CultureInfo.InvariantCulture)
        : steps.Of.ToString(System.Globalization.CultureInfo.InvariantCulture));

    // A slot that was chosen is shown by its label; other names are facts of the consultation.
    private string? Show(string name) => ValueOfSlot(name) is { } value
        ? Library.LabelOf(name, value, Language) ?? value
        : Library.Constants.GetValueOrDefault(name)?.In(Language);
}
