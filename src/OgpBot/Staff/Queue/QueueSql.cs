using System.Data.Common;
using OgpBot.Storage;

namespace OgpBot.Staff.Queue;

/// <summary>The SQL of a filter. Columns and names of parameters are ours; what a person gave is always the value of a parameter.</summary>
internal sealed class QueueSql(QueueFilter filter, TimeProvider clock)
{
    // Up to here rows are found by all dimensions at once, and sorted; above that so many fit that a walk through the queue soon meets a page of them.
    private const int Few = 20_000;

    // An index leads the walk that has one dimension and the id; the first that is set.
    private static readonly string[] Leading = [QueueFilter.Assigned, QueueFilter.Borough, QueueFilter.Axis, QueueFilter.State];

    private static readonly string Dimensions = string.Join(", ", QueueDimension.All.Select(dimension => dimension.Column));

    private static readonly string CountedValues = string.Join(
        ", ", QueueDimension.All.Select(dimension => dimension.MayBeNull ? $"coalesce(s.{dimension.Column}, '')" : $"s.{dimension.Column}"));

    private static readonly string SameDimensions = string.Join(
        " AND ", QueueDimension.All.Select(dimension => dimension.MayBeNull ? $"s.{dimension.Column} IS nullif(c.{dimension.Column}, '')" : $"s.{dimension.Column} = c.{dimension.Column}"));

    /// <summary>The version of the table of counts: it grows with each change.</summary>
    internal const string Version = "SELECT version FROM submission_counts_version";

    /// <summary>The table of counts.</summary>
    internal static string Cells => $"SELECT {Dimensions}, n FROM submission_counts";

    /// <summary>What the table of counts can't tell, as combinations with their number: rows with the words searched for, or rows to be taken away. Null: nothing.</summary>
    internal string? Beside => filter.Terms.Count > 0 ? Found : Taken.ToList() is { Count: > 0 } taken ? string.Join(" UNION ALL ", taken) : null;

    /// <summary>The count alone.</summary>
    internal string Count => $"WITH found({Dimensions}, n) AS ({Found}) {Sum}";

    /// <summary>How many rows have the dimensions of the filter, whatever else it asks for.</summary>
    internal string Alike => $"SELECT coalesce(sum(n), 0) FROM submission_counts{Where(OnCounts())}";

    /// <summary>Whether <see cref="Alike"/> helps to choose how rows are found.</summary>
    internal bool HasDimensions => filter.Terms.Count == 0 && OnCounts().Any();

    private string Sum => $"SELECT coalesce(sum(n), 0) FROM found{Where(OnCounts())}";

    // What the table of counts can't tell is taken away, or, where words are searched for, counted in what was found.
    private string Found => filter.Terms.Count > 0
        ? $"SELECT {CountedValues}, 1 FROM submission_terms t CROSS JOIN submissions s ON s.search_id = t.rowid{Where(["t.submission_terms MATCH $match", .. Narrow("s")])}"
        : string.Join(" UNION ALL ", [Cells, .. Taken]);

    private IEnumerable<string> Taken => Excluded.Select(excluded => $"SELECT {CountedValues}, -1 FROM submissions s WHERE {excluded}");

    private IEnumerable<string> Excluded
    {
        get
        {
            if (filter.OlderThan is not null)
            {
                yield return "s.id >= $bound";
            }

            if (filter[QueueFilter.Unjudged] is not null)
            {
                yield return $"s.id IN (SELECT submission_id FROM judgements WHERE staff_id = $viewer){(filter.OlderThan is null ? "" : " AND s.id < $bound")}";
            }
        }
    }

    /// <summary>Rows of the filter in its order, or against it, from beyond a row on.</summary>
    /// <param name="columns">Of the table s.</param>
    /// <param name="backwards">Against the order of the filter.</param>
    /// <param name="beyond">Whether there is a row to begin beyond, given as <c>$cursor</c>.</param>
    /// <param name="alike">What <see cref="Alike"/> says.</param>
    internal string Rows(string columns, bool backwards, bool beyond, long alike)
    {
        var (sign, order) = filter.NewestFirst ^ backwards ? ("<", "DESC") : (">", "ASC");
        if (filter.Terms.Count > 0)
        {
            // Numbers of the index go up as submissions arrive, as ids do.
            var from = beyond ? [$"t.rowid {sign} (SELECT search_id FROM submissions WHERE id = $cursor)"] : Array.Empty<string>();
            return $"SELECT {columns} FROM submission_terms t CROSS JOIN submissions s ON s.search_id = t.rowid"
                + $"{Where(["t.submission_terms MATCH $match", .. from, .. OnRows(""), .. Narrow("s")])} ORDER BY t.rowid {order} LIMIT $most";
        }

        string[] fromId = beyond ? [$"s.id {sign} $cursor"] : [];
        if (alike > Few || !HasDimensions)
        {
            return $"SELECT {columns} FROM submissions s{Where([.. OnRows("+"), .. fromId, .. Narrow("s")])} ORDER BY s.id {order} LIMIT $most";
        }

        var ids = $"SELECT s.id FROM submission_counts c CROSS JOIN submissions s INDEXED BY ix_submissions_dimensions ON {SameDimensions}"
            + $"{Where([.. OnCounts().Select(condition => $"c.{condition}"), .. fromId, .. Narrow("s")])} ORDER BY s.id {order} LIMIT $most";
        return $"SELECT {columns} FROM submissions s WHERE s.id IN ({ids}) ORDER BY s.id {order}";
    }

    /// <summary>Gives a command all values that the SQL may name.</summary>
    internal void Bind(DbCommand command, int most, string? cursor)
    {
        foreach (var dimension in QueueDimension.All)
        {
            Add(command, $"${dimension.Field}", dimension.Stored(filter) ?? "");
        }

        Add(command, "$viewer", filter.Viewer);
        Add(command, "$match", string.Join(' ', filter.Terms.Select(term => $"\"{term}\"")));
        Add(command, "$bound", filter.OlderThan is { } days ? Ids.FirstAt(clock.GetUtcNow().AddDays(-days)) : "");
        Add(command, "$most", most);
        Add(command, "$cursor", cursor ?? "");
    }

    private IEnumerable<string> OnCounts(QueueDimension? except = null) =>
        QueueDimension.All.Where(dimension => dimension != except).Select(dimension => dimension.OnCount(filter)).OfType<string>();

    // A sign before a column keeps SQLite from an index that is not the best: it can't know how many rows are alike.
    private IEnumerable<string> OnRows(string sign)
    {
        var leading = Leading.FirstOrDefault(field => filter[field] is not null);
        return QueueDimension.All.Select(dimension => dimension.OnRow(filter, "s") is { } condition ? $"{(dimension.Field == leading ? "" : sign)}{condition}" : null).OfType<string>();
    }

    private IEnumerable<string> Narrow(string table)
    {
        if (filter.OlderThan is not null)
        {
            yield return $"{table}.id < $bound";
        }

        if (filter[QueueFilter.Unjudged] is not null)
        {
            yield return $"NOT EXISTS (SELECT 1 FROM judgements j WHERE j.submission_id = {table}.id AND j.staff_id = $viewer)";
        }
    }

    private static string Where(IEnumerable<string> conditions) => string.Join(" AND ", conditions) is { Length: > 0 } all ? $" WHERE {all}" : "";

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
