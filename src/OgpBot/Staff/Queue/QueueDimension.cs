using OgpBot.Submissions;
using OgpBot.Submissions.Review;

namespace OgpBot.Staff.Queue;

/// <summary>A field of the filter that is a column of submissions, and that the table of counts knows.</summary>
internal sealed record QueueDimension(string Field, string Column)
{
    internal static readonly IReadOnlyList<QueueDimension> All =
    [
        new(QueueFilter.Axis, "axis"),
        new(QueueFilter.Borough, "borough"),
        new(QueueFilter.Scope, "scope"),
        new(QueueFilter.State, "review_state"),
        new(QueueFilter.Channel, "channel"),
        new(QueueFilter.Doubt, "has_doubt"),
        new(QueueFilter.Assigned, "assigned_to"),
    ];

    private static readonly Dictionary<string, ReviewState> States = Enum.GetValues<ReviewState>().ToDictionary(ReviewStates.Code);

    /// <summary>Whether a submission may be without it.</summary>
    internal bool MayBeNull => Field is QueueFilter.Axis or QueueFilter.Borough or QueueFilter.Assigned;

    /// <summary>The condition on a row of submissions; null: any.</summary>
    internal string? OnRow(QueueFilter filter, string table) => (filter[Field], Stored(filter)) switch
    {
        (null, _) => null,
        (QueueFilter.Anyone, _) when Field == QueueFilter.Assigned => $"{table}.assigned_to IS NOT NULL",
        (_, null) => $"{table}.{Column} IS NULL",
        _ => $"{table}.{Column} = ${Field}",
    };

    /// <summary>The condition on a row of counts, where what is not set is ''; null: any.</summary>
    internal string? OnCount(QueueFilter filter) => filter[Field] switch
    {
        null => null,
        QueueFilter.Anyone when Field == QueueFilter.Assigned => "assigned_to <> ''",
        _ => $"{Column} = ${Field}",
    };

    /// <summary>Whether what stands in the table of counts is what the filter asks for.</summary>
    /// <param name="wanted">What <see cref="Wanted"/> gives.</param>
    internal static bool Fits(string counted, string? wanted) => wanted is null || (wanted == QueueFilter.Anyone ? counted.Length > 0 : counted == wanted);

    /// <summary>What must stand in the table of counts; null: anything.</summary>
    internal string? Wanted(QueueFilter filter) => filter[Field] switch
    {
        null => null,
        QueueFilter.Anyone when Field == QueueFilter.Assigned => QueueFilter.Anyone,
        _ => $"{Stored(filter)}",
    };

    /// <summary>The value as the database has it.</summary>
    internal object? Stored(QueueFilter filter) => (Field, filter[Field]) switch
    {
        (QueueFilter.State, { } state) => (int)States[state],
        (QueueFilter.Doubt, var doubt) => doubt == QueueFilter.Yes ? 1 : 0,
        (QueueFilter.Assigned, QueueFilter.Me) => filter.Viewer,
        (QueueFilter.Assigned, QueueFilter.Nobody) or (QueueFilter.Axis or QueueFilter.Borough, QueueFilter.None) => null,
        var (_, value) => value,
    };

    /// <summary>The value of the field for what stands in the table of counts.</summary>
    internal string ValueOf(string counted) => Field switch
    {
        QueueFilter.State => ReviewStates.Code(Enum.Parse<ReviewState>(counted)),
        QueueFilter.Doubt => counted == "1" ? QueueFilter.Yes : QueueFilter.No,
        QueueFilter.Assigned when counted.Length == 0 => QueueFilter.Nobody,
        _ => counted.Length == 0 ? QueueFilter.None : counted,
    };
}
