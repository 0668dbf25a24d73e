namespace OgpBot.Dialogs.Steps;

/// <summary>
/// Offers options of the consultation and of its own. A typed option counts as one that is pressed. Without a slot the step is a menu.
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
/// <c>first</c> names a slot with values, separated by commas. Their options come first.
/// <c>otherwise</c> takes a text that is no option and has at least <c>min</c> characters. The text is kept in the slot <c>said</c>.
/// <c>finds</c> takes a text in which the host finds something, such as a folio, even if it also names an option.
/// <c>places</c> accepts the name of a colonia for the borough where it lies, and names the slot that keeps it.
/// </summary>
public record ChooseStep(string Id, string Question, string? Fills, ChoiceList Choices, int? Progress, DataNode Source)
    : WaitingStep(Id, Question, Fills, Choices, Progress, Source)
{
    // After so many misses the options are listed, with how to reach a person.
    private const int MissesBeforeOptions = 2;

    /// <summary>The slot that tells which options come first; null: they stay in order.</summary>
    public string? First { get; init; }

    /// <summary>Where a text that is no option goes; null: nowhere.</summary>
    public string? Otherwise { get; init; }

    /// <summary>Characters of such a text at least.</summary>
    public int OtherwiseMin { get; init; } = 1;

    /// <summary>The slot for the name of a place; null where no borough is asked for.</summary>
    public string? Places { get; init; }

    /// <summary>Searches of the host in a text, by name (<see cref="HostContract.Finds"/>), and the step for each.</summary>
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

    /// <summary>Whether the host finds something in a text, such as a folio.</summary>
    internal bool Holds(Turn turn, string text) => Found(turn, text) is not null;

    /// <summary>Whether <see cref="Otherwise"/> takes a text.</summary>
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
