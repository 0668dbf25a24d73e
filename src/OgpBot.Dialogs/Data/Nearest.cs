namespace OgpBot.Dialogs;

/// <summary>Finds the known word that is nearest to an unknown one.</summary>
public static class Nearest
{
    /// <summary>The end of a message about an unknown name: <c>; did you mean `x`?</c>. Empty where no known name is near.</summary>
    public static string Suggestion(string name, IEnumerable<string> known)
    {
        var best = known.Select(candidate => (candidate, distance: Distance(name, candidate))).OrderBy(pair => pair.distance).FirstOrDefault();
        return best.candidate is not null && best.distance <= Math.Max(2, name.Length / 3) ? $"; did you mean `{best.candidate}`?" : "";
    }

    /// <summary>The Levenshtein distance: how many letters must be added, removed or replaced.</summary>
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
