namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Offers options, from the consultation and of its own; a typed answer counts as much as a pressed one. Without a slot it is a menu.
/// <code>
/// - id: axis
///   choose: submission.axis
///   slot: axis
///   from: axes
///   first: axis_likely
///   choices: [{value: unsure, label: submission.axis_unsure}]
///   otherwise: {goto: addition, min: 40}
///   finds: {folio: state}
///   places: place
/// </code>
/// <c>first</c> names a slot with values, separated by commas, whose options stand before the others. <c>otherwise</c> is where a text goes that is no option
/// and has at least <c>min</c> characters; it is kept in the slot <c>said</c>. So is one that holds what the host finds in it, which goes where <c>finds</c>
/// says even if it also names an option. <c>places</c> takes the name of a colonia for the borough where it lies, and names the slot that keeps it.
/// </summary>
public record ChooseStep(string Id, string Question, string? Fills, ChoiceList Choices, int? Progress, DataNode Source)
    : WaitingStep(Id, Question, Fills, Choices, Progress, Source)
{
    // Once more after that, and the citizen is told whom to turn to.
    private const int MissesBeforeOptions = 2;

    /// <summary>The slot that tells which options come first, or null.</summary>
    public string? First { get; init; }

    /// <summary>Where a text that is no option goes, or null.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Characters that such a text has at least.</summary>
    public int OtherwiseMin { get; init; } = 1;

    /// <summary>The slot for the name of a place that stands for the borough where it lies, or null where no borough is asked for.</summary>
    public string? Places { get; init; }

    /// <summary>What the host may find in a text, and where that leads.</summary>
    public IReadOnlyDictionary<string, string> Finds { get; init; } = new Dictionary<string, string>();

    internal override IEnumerable<string> Targets => [.. base.Targets, .. Otherwise is null ? Array.Empty<string>() : [Otherwise], .. Finds.Values];

    internal static ChooseStep Read(DataNode node)
    {
        node.Only("id", "choose", "slot", "from", "first", "progress", "choices", "otherwise", "finds", "places", "help", "name", "tells", "when");
        var otherwise = node["otherwise"].Only("goto", "min");
        return new ChooseStep(node.Required("id"), node.Required("choose"), node["slot"].Text, ChoiceList.Read(node), node.Number("progress"), node)
        {
            First = node["first"].Text,
            Otherwise = otherwise["goto"].Text,
            OtherwiseMin = otherwise.Number("min") ?? 1,
            Places = node["places"].Text,
            Finds = CallStep.TextsOf(node["finds"]),
        };
    }

    internal override StepOutcome Answer(Turn turn, string text)
    {
        if (Found(turn, text) is { } target)
        {
            return turn.PassOn(text, target);
        }

        var offered = Offered(turn);
        var fitting = ChoiceList.Fitting(text, offered, turn.Words);
        if (fitting.Count == 1)
        {
            return Take(turn, fitting[0]);
        }

        if (fitting.Count == 0 && TakesOtherwise(text))
        {
            return turn.PassOn(text, Otherwise!);
        }

        turn.Misses++;
        if (fitting.Count > 1)
        {
            return Ask(turn, turn.Text("common.which"), fitting);
        }

        if (turn.Misses == MissesBeforeOptions && turn.HasDraft)
        {
            turn.Slots.KeepAlso(text);
        }

        return turn.Misses < MissesBeforeOptions
            ? Ask(turn, $"{turn.Text("common.not_understood")}\n{turn.Brief(Question)}")
            : Ask(turn, $"{turn.Text("common.not_understood_again")}\n{Numbered(offered)}\n{turn.Text("common.person")}");
    }

    /// <summary>Whether a text holds what leads somewhere whatever else it says, such as a folio.</summary>
    internal bool Holds(Turn turn, string text) => Found(turn, text) is not null;

    /// <summary>Whether a text that is no option has a way of its own here.</summary>
    internal bool TakesOtherwise(string text) => Otherwise is not null && DialogEngine.LengthOf(text.Trim()) >= OtherwiseMin;

    internal override IEnumerable<Choice> Ordered(Turn turn)
    {
        var choices = Choices.In(turn.Language);
        var first = First is null ? null : turn.Slots[First]?.Split(',');
        return first is null ? choices : choices.OrderBy(choice => Array.IndexOf(first, choice.Value) is >= 0 and var at ? at : first.Length);
    }

    private string? Found(Turn turn, string text) => Finds.FirstOrDefault(find => turn.Library.Finds[find.Key](turn.Library.Consultation, text)).Value;

    private static string Numbered(IReadOnlyList<Choice> offered) => string.Join('\n', offered.Select((choice, at) => $"{at + 1}. {choice.Label}"));
}
