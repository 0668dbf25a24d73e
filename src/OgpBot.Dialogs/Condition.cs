namespace OgpBot.Dialogs;

/// <summary>
/// A condition on one slot (<c>when</c>):
/// <c>{slot: scope, is: [community, neighbourhood]}</c>, <c>{slot: scope, isNot: city}</c> or <c>{slot: problem, filled: true}</c>.
/// </summary>
public sealed record Condition(string Slot, IReadOnlyList<string> Is, IReadOnlyList<string> IsNot, bool Filled)
{
    public static Condition? Read(DataNode node)
    {
        if (!node.Exists)
        {
            return null;
        }

        node.Only("slot", "is", "isNot", "filled");
        return new Condition(node.Required("slot"), node.Texts("is"), node.Texts("isNot"), node.Flag("filled"));
    }

    internal bool Holds(string? value)
    {
        if (Filled && value is null)
        {
            return false;
        }

        return Is.Count > 0 ? value is not null && Is.Contains(value) : !(IsNot.Count > 0 && value is not null && IsNot.Contains(value));
    }
}
