using OgpBot.Submissions;

namespace OgpBot.Staff.Deciding;

/// <summary>A decision that is to be made on one or many submissions.</summary>
/// <param name="To">The new state.</param>
/// <param name="Reason">The id of a reason of <c>review/rules.yaml</c>, where the state needs one.</param>
/// <param name="Words">A sentence to the citizen.</param>
/// <param name="Publish">Whether she is told at once.</param>
public sealed record Move(ReviewState To, string? Reason = null, string? Words = null, bool Publish = true)
{
    /// <summary>The most characters of a sentence to a citizen, of a message and of a note.</summary>
    public const int LongestWords = 2_000;

    /// <summary>The folio of the submission that it says again.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>Whether the proposal meets the criteria too: it joins the group of proposed solutions.</summary>
    public bool WithProposal { get; init; }

    /// <summary>The state that the person saw; null where many are moved at once.</summary>
    public ReviewState? Seen { get; init; }
}

/// <summary>Why an act on a submission is refused.</summary>
public enum ActRefusal
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>There is no such submission.</summary>
    Unknown,

    /// <summary>The rules have no such move, or the field no such option.</summary>
    NotAllowed,

    /// <summary>A reason and a sentence are needed.</summary>
    NoReason,

    /// <summary>The submission that it is a duplicate of is missing, is itself, or is a duplicate.</summary>
    NoOriginal,

    /// <summary>Somebody changed it meanwhile.</summary>
    Changed,

    /// <summary>The person declared a conflict of interest, or left it to others.</summary>
    Conflict,

    /// <summary>More than one act may touch.</summary>
    TooMany,
}

/// <summary>What came of an act on one submission.</summary>
public sealed record ActResult(string Folio, ActRefusal Refusal);

/// <summary>What came of an act. It was done on all, or on none.</summary>
/// <param name="Results">In the order of the folios.</param>
public sealed record ActOutcome(IReadOnlyList<ActResult> Results)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Results.Count > 0 && Results.All(result => result.Refusal == ActRefusal.None);

    /// <summary>The first reason why it was not.</summary>
    public ActRefusal Refusal => Results.FirstOrDefault(result => result.Refusal != ActRefusal.None)?.Refusal ?? ActRefusal.None;
}
