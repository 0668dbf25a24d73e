using System.CommandLine;
using CsvHelper;
using OgpBot.Dialogs;

namespace OgpBot.Cli;

/// <summary>
/// <c>places FILE</c>: prints a city's list of colonias as <c>places.yaml</c>. The list is CSV with a header: the name, then its borough by id, title or
/// synonym. Lines with an unknown borough are told, and then nothing is printed.
/// </summary>
internal static class PlacesCommand
{
    private static readonly Argument<FileInfo> List = new("file") { Description = "CSV with a header: name, borough." };

    internal static Command Build()
    {
        var places = new Command("places", "Print a city's list of colonias as places.yaml.") { List };
        places.SetAction(OgpBotCommand.Run((parsed, _) => Task.FromResult(Print(parsed.GetRequiredValue(List)))));
        return places;
    }

    private static int Print(FileInfo file)
    {
        using var program = ConsoleProgram.Build();
        var boroughs = program.Services.GetRequiredService<Lazy<DialogLibrary>>().Value.Consultation.Boroughs;
        Console.Out.Write(Written(Read(file, boroughs), boroughs));
        return 0;
    }

    private static List<(string Name, string Borough)> Read(FileInfo file, IReadOnlyList<SourceChoice> boroughs)
    {
        var places = new List<(string, string)>();
        var problems = new List<DataProblem>();
        using var csv = CsvReader.Create(file.OpenRead(), CsvReaderOptions.Default with { TrackLineNumbers = true }, leaveOpen: false);
        while (csv.Read())
        {
            var (name, said) = (csv.GetString(0).Trim(), csv.FieldCount > 1 ? csv.GetString(1).Trim() : "");
            if (name.Length > 0 && boroughs.FirstOrDefault(known => known.IsCalled(said)) is { } borough)
            {
                places.Add((name, borough.Value));
            }
            else
            {
                problems.Add(new DataProblem(
                    file.Name, (int)csv.LineNumber,
                    name.Length == 0 ? "the name is missing" : $"`{said}` is no borough of the consultation{Nearest.Suggestion(said, boroughs.Select(known => known.Value))}"));
            }
        }

        return problems.Count == 0 ? places : throw new DataException(problems);
    }

    // In quotes, so that no name is taken for something else; a bar or a star would mean something to the file.
    private static string Written(List<(string Name, string Borough)> places, IReadOnlyList<SourceChoice> boroughs) => string.Concat(
        from borough in boroughs
        join place in places on borough.Value equals place.Borough into names
        where names.Any()
        select $"{borough.Value}:\n" + string.Concat(names.Select(place => place.Name.Replace("|", " ", StringComparison.Ordinal).TrimEnd('*', ' ')).Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase).Select(name => $"  - '{name.Replace("'", "''", StringComparison.Ordinal)}'\n")));
}
