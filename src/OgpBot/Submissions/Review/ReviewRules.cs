using OgpBot.Dialogs;

namespace OgpBot.Submissions.Review;

/// <summary><c>review/rules.yaml</c>: how many people judge a submission, which moves there are between states, and the reasons that citizens are given.</summary>
public sealed class ReviewRules
{
    private const string File = "review/rules.yaml";

    private readonly Dictionary<ReviewState, StateRule> states;

    private ReviewRules(int readers, bool blind, Dictionary<ReviewState, StateRule> states, IReadOnlyList<ReviewReason> reasons) =>
        (Readers, IsBlind, this.states, Reasons) = (readers, blind, states, reasons);

    /// <summary>How many people judge each submission; at least 1.</summary>
    public int Readers { get; }

    /// <summary>Whether a reader sees what others judged only after she has judged.</summary>
    public bool IsBlind { get; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ReviewReason> Reasons { get; }

    /// <summary>The states that staff use now, in the order of the file.</summary>
    public IEnumerable<ReviewState> States => states.Keys;

    /// <summary>Reads the file.</summary>
    /// <param name="directory">Where the consultation lies.</param>
    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    public static ReviewRules Load(string directory)
    {
        var problems = new List<DataProblem>();
        var node = DataNode.Read(Path.Combine(directory, File), File, problems).Only("readers", "blind", "states", "reasons");
        var states = new Dictionary<ReviewState, StateRule>();
        foreach (var (name, rule) in node["states"].Entries)
        {
            if (StateOf(rule, name) is { } state)
            {
                rule.Only("moves", "tells", "reason");
                states[state] = new StateRule([.. rule.Texts("moves").Select(move => StateOf(rule, move)).OfType<ReviewState>()], rule.Flag("tells"), rule.Flag("reason"));
            }
        }

        var reasons = node["reasons"].Items.Select(ReviewReason.Read).ToList();
        if (node.Number("readers") is < 1)
        {
            node["readers"].Report("`readers` must be at least 1");
        }

        foreach (var state in states.Where(state => state.Value.NeedsReason && reasons.All(reason => !reason.For.Contains(state.Key))))
        {
            node["states"].Report($"the state `{ReviewStates.Code(state.Key)}` needs a reason, and no reason is for it");
        }

        return problems.Count == 0
            ? new ReviewRules(node.Number("readers") ?? 1, node.Flag("blind"), states, reasons)
            : throw new DataException([.. problems.OrderBy(problem => problem.Line)]);
    }

    /// <summary>Whether staff may move a submission so.</summary>
    public bool MayMove(ReviewState from, ReviewState to) => MovesFrom(from).Contains(to);

    /// <summary>Where staff may move a submission from a state.</summary>
    public IReadOnlyList<ReviewState> MovesFrom(ReviewState from) => states.GetValueOrDefault(from)?.Moves ?? [];

    /// <summary>Whether the citizen is told of a move to the state.</summary>
    public bool Tells(ReviewState to) => states.GetValueOrDefault(to)?.Tells ?? false;

    /// <summary>Whether a move to the state needs a reason and a sentence.</summary>
    public bool NeedsReason(ReviewState to) => states.GetValueOrDefault(to)?.NeedsReason ?? false;

    /// <summary>The reasons for a state.</summary>
    public IEnumerable<ReviewReason> ReasonsFor(ReviewState to) => Reasons.Where(reason => reason.For.Contains(to));

    /// <summary>A reason by its id, or null.</summary>
    public ReviewReason? ReasonOf(string? id) => Reasons.FirstOrDefault(reason => reason.Id == id);

    internal static ReviewState? StateOf(DataNode node, string name)
    {
        var known = Enum.GetValues<ReviewState>().ToDictionary(ReviewStates.Code);
        if (known.TryGetValue(name, out var state))
        {
            return state;
        }

        node.Report($"`{name}` is no state of review{Nearest.Suggestion(name, known.Keys)}");
        return null;
    }

    private sealed record StateRule(IReadOnlyList<ReviewState> Moves, bool Tells, bool NeedsReason);
}

/// <summary>Why a submission was not selected, or why something is asked for.</summary>
/// <param name="For">The states that it explains.</param>
/// <param name="Label">What staff and the citizen read.</param>
/// <param name="Template">The beginning of the sentence to the citizen; staff change it.</param>
public sealed record ReviewReason(string Id, IReadOnlyList<ReviewState> For, LocalizedText Label, LocalizedText Template)
{
    internal static ReviewReason Read(DataNode node)
    {
        node.Only("id", "for", "label", "template");
        return new ReviewReason(
            node.Required("id"),
            [.. node.Texts("for").Select(name => ReviewRules.StateOf(node, name)).OfType<ReviewState>()],
            LocalizedText.Read(node["label"]),
            LocalizedText.Read(node["template"]));
    }
}
