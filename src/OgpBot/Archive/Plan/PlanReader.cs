using OgpBot.Dialogs;

namespace OgpBot.Archive.Plan;

/// <summary>Reads <c>process.yaml</c>; the head of that file tells what may stand in it.</summary>
internal sealed class PlanReader(List<ArchiveSource> sources)
{
    internal const string FileName = "process.yaml";
    internal const string SourcesFileName = "sources.yaml";

    private static readonly string[] StageKinds = ["stage", "pause"];
    private static readonly string[] MemberKinds = ["civil_society", "body", "person"];
    private static readonly string[] States = ["done", "partial", "overdue", "unknown"];

    // So that a mistake in one entry does not hide those in the others.
    private static readonly PlanDay NoDay = new(1, null, null);

    private readonly HashSet<string> cited = [];

    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    internal static PlanStatus Read(string directory)
    {
        var problems = new List<DataProblem>();
        var sources = DataNode.Read(Path.Combine(directory, SourcesFileName), SourcesFileName, problems).Items.Select(ShippedArchive.ReadSource).ToList();
        var root = DataNode.Read(Path.Combine(directory, FileName), FileName, problems);
        var plan = problems.Count == 0 ? new PlanReader(sources).ReadRoot(root) : null;
        return plan is not null && problems.Count == 0 ? plan : throw new DataException(problems);
    }

    private PlanStatus ReadRoot(DataNode root)
    {
        root.Only("asOf", "summary", "brief", "stages", "axes", "groups", "articles", "events", "unknown");
        var summary = LocalizedText.Read(root["summary"]);
        var plan = new PlanStatus(
            ReadAsOf(root["asOf"]),
            summary,
            root["brief"].Exists ? LocalizedText.Read(root["brief"]) : summary,
            ReadList(root, "stages", ReadStage),
            ReadList(root, "axes", ReadAxis),
            ReadList(root, "groups", ReadGroup),
            ReadList(root, "articles", ReadArticle),
            ReadList(root, "events", ReadEvent),
            ReadList(root, "unknown", LocalizedText.Read),
            []);
        if (plan.Stages.Count == 0)
        {
            root["stages"].Report("a plan has stages");
        }

        ReportTwice(root["stages"]);
        ReportTwice(root["groups"]);
        return plan with { Documents = [.. sources.Where(source => cited.Contains(source.Id))] };
    }

    private PlanAsOf ReadAsOf(DataNode node)
    {
        node.Only("date", "note", "sources");
        node.Required("date");
        return new PlanAsOf(PlanDay.Read(node["date"]) ?? NoDay, LocalizedText.Read(node["note"]), ReadPointers(node));
    }

    private PlanStage ReadStage(DataNode node)
    {
        node.Only("id", "kind", "name", "planned", "actual", "state", "note", "sources");
        return new PlanStage(
            node.Required("id"),
            OneOf(node, "kind", StageKinds) == "pause",
            LocalizedText.Read(node["name"]),
            PlanDate.Read(node["planned"]),
            PlanDate.Read(node["actual"]),
            Enum.TryParse<PlanState>(OneOf(node, "state", States), ignoreCase: true, out var state) ? state : PlanState.Unknown,
            LocalizedText.Read(node["note"]),
            ReadPointers(node));
    }

    private PlanAxis ReadAxis(DataNode node)
    {
        node.Only("number", "name", "transversal", "bodies", "sources");
        node.Required("number");
        return new PlanAxis(node.Number("number") ?? 0, LocalizedText.Read(node["name"]), node.Flag("transversal"), node.Texts("bodies"), ReadPointers(node));
    }

    private PlanGroup ReadGroup(DataNode node)
    {
        node.Only("id", "name", "members");
        return new PlanGroup(node.Required("id"), LocalizedText.Read(node["name"]), ReadList(node, "members", ReadMember));
    }

    private PlanMember ReadMember(DataNode node)
    {
        node.Only("name", "kind", "joined", "left", "people", "note", "sources");
        return new PlanMember(
            node.Required("name"),
            OneOf(node, "kind", MemberKinds),
            PlanDay.Read(node["joined"]),
            PlanDay.Read(node["left"]),
            node.Texts("people"),
            node["note"].Exists ? LocalizedText.Read(node["note"]) : null,
            ReadPointers(node));
    }

    private PlanArticle ReadArticle(DataNode node)
    {
        node.Only("law", "article", "about", "sources");
        return new PlanArticle(node.Required("law"), node.Required("article"), LocalizedText.Read(node["about"]), ReadPointers(node));
    }

    private PlanEvent ReadEvent(DataNode node)
    {
        node.Only("date", "estimated", "what", "sources");
        if (!node["date"].Exists)
        {
            node.Report("`date` is missing");
        }

        return new PlanEvent(PlanDate.Read(node["date"]) ?? new PlanDate(NoDay, NoDay), node.Flag("estimated"), LocalizedText.Read(node["what"]), ReadPointers(node));
    }

    // What no document says has no place here.
    private IReadOnlyList<SourcePointer> ReadPointers(DataNode node)
    {
        var pointers = ReadList(node, "sources", pointer => ShippedArchive.ReadPointer(pointer, sources));
        if (pointers.Count == 0)
        {
            node.Report("`sources` is missing: which document says so?");
        }

        cited.UnionWith(pointers.Select(pointer => pointer.Document));
        return pointers;
    }

    private static IReadOnlyList<T> ReadList<T>(DataNode node, string key, Func<DataNode, T> read)
    {
        if (node[key] is { Exists: true, IsList: false } other)
        {
            other.Report($"`{key}` must be a list");
        }

        return [.. node[key].Items.Select(read)];
    }

    private static string OneOf(DataNode node, string key, string[] known)
    {
        var value = node.Required(key);
        if (node[key].Exists && !known.Contains(value))
        {
            node[key].Report($"`{value}` is no {key}{Nearest.Suggestion(value, known)}");
        }

        return value;
    }

    private static void ReportTwice(DataNode list)
    {
        foreach (var twice in list.Items.GroupBy(item => item["id"].Text).Where(group => group.Key is not null).SelectMany(group => group.Skip(1)))
        {
            twice.Report($"the id `{twice["id"].Text}` stands twice");
        }
    }
}
