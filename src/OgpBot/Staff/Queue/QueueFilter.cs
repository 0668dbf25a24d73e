using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace OgpBot.Staff.Queue;

/// <summary>
/// What of the queue a person looks at, and from which place on. It is the query string of the page, and every link and form of the desk carries it, so that whoever
/// acts comes back to where she was.
/// </summary>
public sealed class QueueFilter
{
    internal const string Axis = "axis";
    internal const string Borough = "borough";
    internal const string Scope = "scope";
    internal const string State = "state";
    internal const string Channel = "channel";
    internal const string Doubt = "doubt";
    internal const string Assigned = "assigned";
    internal const string Older = "older";
    internal const string Unjudged = "unjudged";
    internal const string Words = "q";
    internal const string Sort = "sort";
    internal const string After = "after";
    internal const string Before = "before";

    /// <summary>Stands for an axis or a borough that was not given.</summary>
    internal const string None = "none";

    internal const string Yes = "yes";
    internal const string No = "no";
    internal const string Me = "me";
    internal const string Nobody = "nobody";
    internal const string Anyone = "anyone";
    internal const string Oldest = "oldest";
    internal const string Newest = "newest";

    internal const int LongestWords = 200;
    private const int LongestAge = 3_650;
    private const int LongestCursor = 40;

    private static readonly string[] Fields = [Axis, Borough, Scope, State, Channel, Doubt, Assigned, Older, Unjudged, Words, Sort, After, Before];

    private readonly ImmutableDictionary<string, string> values;

    private QueueFilter(string viewer, ImmutableDictionary<string, string> values, IReadOnlyList<string> terms) => (Viewer, this.values, Terms) = (viewer, values, terms);

    /// <summary>The id of who looks: <c>me</c> means her.</summary>
    public string Viewer { get; }

    /// <summary>The terms of the words that are searched for; empty: no search.</summary>
    internal IReadOnlyList<string> Terms { get; }

    internal bool NewestFirst => this[Sort] == Newest;

    internal int? OlderThan => this[Older] is { } days ? int.Parse(days, CultureInfo.InvariantCulture) : null;

    /// <summary>The value of a field, or null.</summary>
    public string? this[string field] => values.GetValueOrDefault(field);

    /// <summary>The fields that are set but for the place in the queue, in their order.</summary>
    internal IEnumerable<string> Set => Fields.Except([After, Before]).Where(values.ContainsKey);

    /// <summary>Everything, from the oldest on.</summary>
    public static QueueFilter All(string viewer) => new(viewer, ImmutableDictionary<string, string>.Empty, []);

    /// <summary>Reads a query string. Fields that it does not know are of other pages.</summary>
    /// <param name="problems">Gets the fields whose value is unknown; they are left out of the filter.</param>
    internal static QueueFilter Read(IEnumerable<KeyValuePair<string, StringValues>> query, string viewer, QueueChoices choices, ICollection<(string Field, string Value)> problems)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        IReadOnlyList<string> terms = [];
        foreach (var (field, given) in query.Where(given => Fields.Contains(given.Key)))
        {
            var value = given.ToString().Trim();
            var found = field == Words ? choices.TermsOf(value) : [];
            if (value.Length > 0 && (given.Count > 1 || (field == Words ? value.Length > LongestWords || found.Count == 0 : !IsKnown(field, value, choices))))
            {
                problems.Add((field, value));
            }
            else if (value.Length > 0)
            {
                values[field] = value;
                terms = field == Words ? found : terms;
            }
        }

        if (values.ContainsKey(After) && values.Remove(Before, out var before))
        {
            problems.Add((Before, before));
        }

        return new QueueFilter(viewer, values.ToImmutable(), terms);
    }

    /// <summary>The filter with another value of a field; null: without it. It begins at its first page.</summary>
    public QueueFilter With(string field, string? value)
    {
        var kept = values.RemoveRange([After, Before]);
        return new QueueFilter(Viewer, value is null ? kept.Remove(field) : kept.SetItem(field, value), field == Words && value is null ? [] : Terms);
    }

    /// <summary>The filter from a row on: after it, or before it.</summary>
    internal QueueFilter At(string field, string id)
    {
        var first = With(field, null);
        return new QueueFilter(Viewer, first.values.SetItem(field, id), Terms);
    }

    /// <summary>The query string, with its question mark; empty where nothing is set.</summary>
    public string ToQuery() => QueryHelpers.AddQueryString("", Fields.Where(values.ContainsKey).Select(field => KeyValuePair.Create(field, (string?)values[field])));

    private static bool IsKnown(string field, string value, QueueChoices choices) => field switch
    {
        Older => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= LongestAge,
        Unjudged => value == Yes,
        Sort => value is Oldest or Newest,
        After or Before => value.Length <= LongestCursor && value.All(char.IsAsciiLetterOrDigit),
        _ => choices.Of(field).Contains(value),
    };
}
