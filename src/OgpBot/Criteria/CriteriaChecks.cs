using System.Security.Cryptography;
using OgpBot.Criteria.Checks;
using OgpBot.Criteria.Statements;
using OgpBot.Dialogs;

namespace OgpBot.Criteria;

/// <summary>All checks of a consultation, made once from its data. They help the citizen before a person reads; they never decide, and drop nothing.</summary>
public sealed class CriteriaChecks
{
    private static readonly string[] Kinds = ["statements", "topics", "shared", "substance", "patterns", "likeness"];

    private readonly List<(Criterion Criterion, ICriterionCheck Check)> checks = [];

    private CriteriaChecks(string version) => Version = version;

    /// <summary>A short hash of the criteria and their files. Results are kept with it.</summary>
    public string Version { get; }

    /// <summary>Makes the checks of a consultation.</summary>
    /// <param name="directory">Where the consultation's file lies, and the files of words beside it.</param>
    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    public static CriteriaChecks Load(string directory, Consultation consultation)
    {
        var problems = new List<DataProblem>();
        var files = consultation.Criteria.Select(criterion => criterion.Words).OfType<string>().Prepend("consultation.yaml")
            .Select(file => Path.Combine(directory, file)).Where(File.Exists);
        var all = new CriteriaChecks(VersionOf(files));
        foreach (var criterion in consultation.Criteria.Where(criterion => criterion.Check is not null))
        {
            var words = criterion.Words is { } file ? DataNode.Read(Path.Combine(directory, file), file, problems) : null;
            if (Make(criterion, words, consultation, problems) is { } check)
            {
                all.checks.Add((criterion, check));
            }
        }

        return problems.Count == 0
            ? all
            : throw new DataException([.. problems.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line)]);
    }

    /// <summary>What the checks find in a text.</summary>
    /// <param name="slot">The slot that it will fill; null: every check looks at it.</param>
    public IReadOnlyList<CriterionResult> Check(CheckedText text, string? slot, CheckContext context) =>
        [.. checks.Where(check => IsFor(check.Criterion, slot)).Select(check => check.Check.Check(text, context))];

    /// <summary>Whether a result is a doubt to put to the citizen. A doubt about the axis is not: she is asked for the axis anyway.</summary>
    public bool IsAsked(CriterionResult result) =>
        result.Outcome != CriterionOutcome.Met && checks.First(check => check.Criterion.Id == result.Id).Check is not TopicsCheck;

    /// <summary>Whether a result says if the problem is shared by others.</summary>
    internal bool IsShared(CriterionResult result) => checks.First(check => check.Criterion.Id == result.Id).Check is SharedCheck;

    /// <summary>The criteria that a reader can judge by a text's words alone.</summary>
    internal IReadOnlyList<Criterion> ReadByModel(string? slot) =>
        [.. checks.Where(check => check.Check is StatementCheck or SharedCheck or SubstanceCheck && IsFor(check.Criterion, slot)).Select(check => check.Criterion)];

    /// <summary>What the checks found stands as it is; a model's doubt counts only where they have none.</summary>
    internal static IReadOnlyList<CriterionResult> Together(IReadOnlyList<CriterionResult> found, IReadOnlyList<CriterionResult> doubts) =>
        [.. found.Select(result => result.Outcome == CriterionOutcome.Met ? doubts.FirstOrDefault(doubt => doubt.Id == result.Id) ?? result : result)];

    /// <summary>The axes that a text's words speak for, the likeliest first.</summary>
    public IReadOnlyList<AxisFinding> Axes(CheckedText text) => Of<TopicsCheck>().FirstOrDefault()?.AxesOf(text) ?? [];

    /// <summary>Whether a text says something that can be understood.</summary>
    internal bool IsUnderstood(CheckedText text) =>
        Of<SubstanceCheck>().All(check => check.Check(text, CheckContext.None).Outcome == CriterionOutcome.Met);

    /// <summary>The text with personal data behind masks.</summary>
    public string Mask(string text, string language) =>
        Of<PatternsCheck>().Aggregate(text, (masked, check) => check.Mask(masked, language));

    /// <summary>The first part of a text that a pattern of personal data finds, or null.</summary>
    /// <param name="pattern">The pattern's id, such as <c>email</c>.</param>
    internal string? First(string pattern, string text) => Of<PatternsCheck>().Select(check => check.First(pattern, text)).FirstOrDefault(found => found is not null);

    /// <summary>Every statement that was found in a text, with its pattern, for those who tune the data.</summary>
    internal IEnumerable<FoundStatement> Statements(CheckedText text) => Of<StatementCheck>().SelectMany(check => check.Find(text, out _));

    private IEnumerable<T> Of<T>() => checks.Select(check => check.Check).OfType<T>();

    private static bool IsFor(Criterion criterion, string? slot) => slot is null || criterion.Slots.Count == 0 || criterion.Slots.Contains(slot);

    private static ICriterionCheck? Make(Criterion criterion, DataNode? words, Consultation consultation, List<DataProblem> problems)
    {
        void Report(string message) => problems.Add(new DataProblem(criterion.Source.File, criterion.Source.Line, message));
        switch (criterion.Check)
        {
            case "substance":
                return new SubstanceCheck(criterion);
            case "likeness":
                return new LikenessCheck(criterion);
            case "statements" or "topics" or "shared" or "patterns" when words is null:
                Report($"the check `{criterion.Check}` needs `words`, the file that it reads");
                return null;
            case "statements":
                return StatementCheck.Read(criterion, words!);
            case "topics":
                return TopicsCheck.Read(criterion, words!, consultation.Axes);
            case "shared":
                return SharedCheck.Read(criterion, words!);
            case "patterns":
                return PatternsCheck.Read(criterion, words!);
            default:
                Report($"there is no check `{criterion.Check}`{Nearest.Suggestion(criterion.Check ?? "", Kinds)}");
                return null;
        }
    }

    private static string VersionOf(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}
