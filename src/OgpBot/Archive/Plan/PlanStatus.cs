using OgpBot.Dialogs;

namespace OgpBot.Archive.Plan;

/// <summary>How the plan was made and how it stands: all that <c>archive/process.yaml</c> tells.</summary>
/// <param name="Brief">The state in two or three sentences, for the chat.</param>
/// <param name="Unknown">What the documents leave open.</param>
/// <param name="Documents">Those that the file points at, in the order of <c>sources.yaml</c>.</param>
public sealed record PlanStatus(
    PlanAsOf AsOf,
    LocalizedText Summary,
    LocalizedText Brief,
    IReadOnlyList<PlanStage> Stages,
    IReadOnlyList<PlanAxis> Axes,
    IReadOnlyList<PlanGroup> Groups,
    IReadOnlyList<PlanArticle> Articles,
    IReadOnlyList<PlanEvent> Events,
    IReadOnlyList<LocalizedText> Unknown,
    IReadOnlyList<ArchiveSource> Documents);

/// <summary>The last day of which the archive knows, and why that day.</summary>
public sealed record PlanAsOf(PlanDay Date, LocalizedText Note, IReadOnlyList<SourcePointer> Sources);

/// <summary>How far a stage has come.</summary>
public enum PlanState
{
    /// <summary>It took place.</summary>
    Done,

    /// <summary>Begun or prepared, not finished.</summary>
    Partial,

    /// <summary>Due, and not done as far as the archive knows.</summary>
    Overdue,

    /// <summary>The documents do not tell.</summary>
    Unknown,
}

/// <summary>A step of the plan, or a pause that held it up.</summary>
/// <param name="Id">Permanent: links and feed entries name it.</param>
/// <param name="Planned">When it was due; null where the documents give no date.</param>
/// <param name="Actual">When it took place; null where it did not, or where no date is known.</param>
public sealed record PlanStage(
    string Id, bool IsPause, LocalizedText Name, PlanDate? Planned, PlanDate? Actual, PlanState State, LocalizedText Note, IReadOnlyList<SourcePointer> Sources);

/// <summary>A subject of the plan.</summary>
/// <param name="Bodies">Whose part was foreseen, not who came.</param>
/// <param name="Transversal">It ran across the others too.</param>
public sealed record PlanAxis(int Number, LocalizedText Name, bool Transversal, IReadOnlyList<string> Bodies, IReadOnlyList<SourcePointer> Sources);

/// <summary>A group that made the plan.</summary>
public sealed record PlanGroup(string Id, LocalizedText Name, IReadOnlyList<PlanMember> Members);

/// <summary>A member of a group.</summary>
/// <param name="Kind"><c>civil_society</c>, <c>body</c> or <c>person</c>.</param>
/// <param name="Joined">Null where it is not known.</param>
/// <param name="Left">Null where it did not leave, or where that is not known.</param>
/// <param name="People">Who took part for it.</param>
public sealed record PlanMember(
    string Name, string Kind, PlanDay? Joined, PlanDay? Left, IReadOnlyList<string> People, LocalizedText? Note, IReadOnlyList<SourcePointer> Sources);

/// <summary>What the documents cite of a law.</summary>
/// <param name="Article">With its fractions; empty where the law as a whole is cited.</param>
public sealed record PlanArticle(string Law, string Article, LocalizedText About, IReadOnlyList<SourcePointer> Sources);

/// <summary>Something that happened.</summary>
/// <param name="Estimated">The year follows from context only.</param>
public sealed record PlanEvent(PlanDate Date, bool Estimated, LocalizedText What, IReadOnlyList<SourcePointer> Sources);
