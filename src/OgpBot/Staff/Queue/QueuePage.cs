using OgpBot.Submissions;

namespace OgpBot.Staff.Queue;

/// <summary>A page of the queue, and how many are alike.</summary>
/// <param name="Count">How many the filter has, on all pages.</param>
/// <param name="Previous">The filter of the page before; null: this is the first.</param>
/// <param name="Next">The filter of the page after; null: this is the last.</param>
internal sealed record QueuePage(IReadOnlyList<QueueRow> Rows, long Count, IReadOnlyList<QueueFacet> Facets, QueueFilter? Previous, QueueFilter? Next);

/// <summary>A submission as the queue shows it.</summary>
/// <param name="Problem">Its beginning.</param>
/// <param name="AssignedTo">An id.</param>
internal sealed record QueueRow(
    string Id,
    string Folio,
    string Problem,
    string? Axis,
    string? Borough,
    string Scope,
    string? Place,
    ReviewState State,
    DateTimeOffset ReceivedAt,
    string Channel,
    bool HasDoubt,
    string? AssignedTo,
    int Judged);

/// <summary>A field of the filter with how many rows each of its values would show, all other fields left as they are.</summary>
internal sealed record QueueFacet(string Field, IReadOnlyList<(string Value, long Count)> Values);
