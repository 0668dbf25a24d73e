namespace OgpBot.Dialogs;

/// <summary>
/// A gazetteer: the city's colonias, barrios and pueblos by borough (<c>places.yaml</c>).
/// In the file <c>|</c> separates other names of a place. <c>*</c> marks a name that is an everyday word too.
/// Such a name counts only alone or after a word such as «colonia» (<c>words.places</c> of the texts).
/// </summary>
public sealed class Places
{
    /// <summary>The name of the file.</summary>
    public const string File = "places.yaml";
    private const int MostWords = 6;

    private readonly Dictionary<string, List<Place>> byName = [];

    /// <summary>How many names are known.</summary>
    public int Names => byName.Count;

    /// <summary>Reads the file. A city without one has no places.</summary>
    public static Places Read(string directory, IReadOnlyList<SourceChoice> boroughs, List<DataProblem> problems)
    {
        var places = new Places();
        var path = Path.Combine(directory, File);
        if (!System.IO.File.Exists(path))
        {
            return places;
        }

        foreach (var (borough, names) in DataNode.Read(path, File, problems).Entries)
        {
            if (boroughs.All(known => known.Value != borough))
            {
                names.Report($"`{borough}` is no borough of the consultation{Nearest.Suggestion(borough, boroughs.Select(known => known.Value))}");
            }

            foreach (var line in names.Items.Select(item => item.Text ?? ""))
            {
                places.Add(line, borough);
            }
        }

        return places;
    }

    /// <summary>The places with the longest name that a text holds. Several: the name occurs in several boroughs.</summary>
    /// <param name="before">Words that stand before a name, folded, such as «colonia».</param>
    public IReadOnlyList<Place> Find(string text, IReadOnlyCollection<string> before)
    {
        var words = TextFold.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var length = Math.Min(MostWords, words.Length); length > 0; length--)
        {
            for (var start = 0; start + length <= words.Length; start++)
            {
                if (byName.TryGetValue(string.Join(' ', words[start..(start + length)]), out var found)
                    && (!found[0].IsCommon || length == words.Length || (start > 0 && before.Contains(words[start - 1]))))
                {
                    return found;
                }
            }
        }

        return [];
    }

    private void Add(string line, string borough)
    {
        var isCommon = line.TrimEnd().EndsWith('*');
        var names = line.TrimEnd(' ', '*').Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in names)
        {
            var folded = TextFold.Fold(name);
            var place = new Place(names[0], borough, isCommon);
            if (!byName.TryGetValue(folded, out var same))
            {
                byName[folded] = [place];
            }
            else if (same.TrueForAll(known => known.Borough != borough))
            {
                same.Add(place);
            }
        }
    }
}

/// <summary>A place of the city and the borough where it lies.</summary>
/// <param name="Borough">The value of the borough's option.</param>
/// <param name="IsCommon">Whether its name is an everyday word too.</param>
public sealed record Place(string Name, string Borough, bool IsCommon);
