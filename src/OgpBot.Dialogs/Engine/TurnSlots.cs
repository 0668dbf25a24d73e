namespace OgpBot.Dialogs;

/// <summary>
/// The slots of a conversation during one turn. They are filled in place, and each remembers the activity that filled it.
/// Texts that the citizen takes back are collected in <see cref="Withdrawn"/>.
/// </summary>
/// <param name="activity">The message of this turn; null: none, as at the beginning.</param>
internal sealed class TurnSlots(IReadOnlyDictionary<string, Slot> before, string? activity, Func<string, bool> isFreeText)
{
    /// <summary>The slot for words that no question took.</summary>
    internal const string AlsoSlot = "also_said";

    // Of all such words together. Where a text is longer the citizen was asked about it.
    private const int LongestAlso = 300;

    private readonly Dictionary<string, Slot> slots = new(before);

    internal IReadOnlyDictionary<string, Slot> All => slots;

    internal List<Slot> Withdrawn { get; } = [];

    /// <summary>Whether the language was chosen in this turn.</summary>
    internal bool HasNewLanguage { get; private set; }

    /// <summary>The value of a slot; null: it is not filled.</summary>
    internal string? this[string name] => slots.GetValueOrDefault(name)?.Value;

    internal void Fill(string name, string value)
    {
        if (value.Length > DialogEngine.LongestSlot || (!slots.ContainsKey(name) && slots.Count >= DialogEngine.MostSlots))
        {
            throw new DialogLimitException($"slot `{name}` passes the limit of {DialogEngine.LongestSlot} characters or {DialogEngine.MostSlots} slots");
        }

        Set(name, new Slot(value, activity));
    }

    /// <summary>Fills a slot. The citizen's text that was there is withdrawn if it was another.</summary>
    internal void Replace(string name, string value)
    {
        if (this[name] != value)
        {
            Withdraw([name]);
        }

        Fill(name, value);
    }

    /// <summary>Gives a slot what another holds.</summary>
    internal void Copy(string name, string from)
    {
        if (slots.TryGetValue(from, out var slot))
        {
            Withdraw([name]);
            Set(name, slot);
        }
    }

    /// <summary>Empties slots because the citizen answers anew. Free texts in them are withdrawn.</summary>
    internal void Withdraw(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (slots.Remove(name, out var slot) && slot is { Activity: not null, Value.Length: > 0 } && isFreeText(name))
            {
                Withdrawn.AddRange(slot.Messages);
            }
        }
    }

    /// <summary>Empties slots and withdraws nothing.</summary>
    internal void Clear(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            slots.Remove(name);
        }
    }

    /// <summary>Joins the text of another slot to a free text. The messages that brought both are remembered.</summary>
    /// <returns>False where it would be too long; then nothing is changed.</returns>
    internal bool Append(string name, string from) =>
        slots.GetValueOrDefault(from) is { } addition && Append(name, addition, DialogEngine.LongestText);

    /// <summary>Keeps words that no question took. The citizen sees them in the summary and may take them out.</summary>
    internal void KeepAlso(string text)
    {
        var words = text.Trim();
        if (this[AlsoSlot] is { Length: > 0 } kept)
        {
            _ = kept.Contains(words, StringComparison.Ordinal) || Append(AlsoSlot, new Slot(words, activity), LongestAlso);
        }
        else if (DialogEngine.LengthOf(words) <= LongestAlso)
        {
            Fill(AlsoSlot, words);
        }
    }

    private bool Append(string name, Slot addition, int longest)
    {
        if (slots.GetValueOrDefault(name) is not { } slot || DialogEngine.LengthOf(slot.Value) + 1 + DialogEngine.LengthOf(addition.Value) > longest)
        {
            return false;
        }

        slots[name] = slot.With(addition);
        return true;
    }

    private void Set(string name, Slot slot)
    {
        slots[name] = slot;
        HasNewLanguage |= name == DialogEngine.LanguageSlot;
    }
}
