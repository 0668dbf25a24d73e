using System.Globalization;
using System.Text.RegularExpressions;

namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Asks for a whole number: «como 1,200 familias».
/// <c>- {id: people, number: submission.people, slot: people, min: 1, max: 100000}</c>
/// Without limits it goes from 0 to 1,000,000,000.
/// </summary>
public sealed partial record NumberStep(string Id, string Question, string Fills, ChoiceList Choices, int Min, int Max, int? Progress, DataNode Source)
    : ValueStep(Id, Question, Fills, Choices, Progress, Source)
{
    private const int Most = 1_000_000_000;

    protected override string Sorry => "common.no_number";

    internal static NumberStep Read(DataNode node)
    {
        node.Only("id", "number", "slot", "min", "max", "progress", "choices", "help", "name", "tells", "when");
        return new NumberStep(
            node.Required("id"), node.Required("number"), node.Required("slot"), ChoiceList.Read(node), node.Number("min") ?? 0, node.Number("max") ?? Most,
            node.Number("progress"), node);
    }

    internal override string? Read(Turn turn, string text) =>
        Digits().Matches(text) is [var only]
            && int.TryParse(string.Concat(only.Value.Where(char.IsAsciiDigit)), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= Min && number <= Max
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    internal override IReadOnlyDictionary<string, string> Limits => new Dictionary<string, string>
    {
        ["least"] = Min.ToString("N0", CultureInfo.InvariantCulture),
        ["most"] = Max.ToString("N0", CultureInfo.InvariantCulture),
    };

    // Thousands may be separated by comma, full stop or blank.
    [GeneratedRegex(@"(?<![\d.,-])\d{1,3}([,. ]\d{3})+(?!\d)|(?<![\d.,-])\d+(?![.,]?\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
