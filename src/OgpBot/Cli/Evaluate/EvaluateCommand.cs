using System.CommandLine;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OgpBot.Dialogs;

namespace OgpBot.Cli.Evaluate;

/// <summary><c>evaluate</c>: measures the program on files whose every line is a JSON object with the known answer.</summary>
internal static class EvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal static Command Build() => new("evaluate", "Measure the program on texts whose answer is known.") { EvaluateCriteria.Build(), EvaluateAnswers.Build() };

    /// <param name="evaluate">Takes the file, whether to show what went wrong, and whether to ask the language model too.</param>
    internal static Command Build(string name, string description, string lines, string wrong, Func<FileInfo, bool, bool, CancellationToken, Task<int>> evaluate)
    {
        var file = new Argument<FileInfo>("file") { Description = lines };
        var show = new Option<string?>("--show") { Description = wrong };
        show.AcceptOnlyFromAmong("wrong");
        var withModel = ModelComparison.Option;
        var command = new Command(name, description) { file, show, withModel };
        command.SetAction(OgpBotCommand.Run((parsed, cancellationToken) =>
            evaluate(parsed.GetValue(file)!, parsed.GetValue(show) is not null, parsed.GetValue(withModel), cancellationToken)));
        return command;
    }

    /// <summary>The rows of a file, without its blank lines.</summary>
    /// <param name="required">The JSON name of what every row has.</param>
    /// <exception cref="DataException">A line is no such object.</exception>
    internal static async IAsyncEnumerable<T> ReadAsync<T>(
        FileInfo file, string required, Func<T, string?> value, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse<T>(line) is { } row && value(row) is not null
                    ? row
                    : throw new DataException([new DataProblem(file.Name, number, $"this is not an object with a `{required}`")]);
            }
        }
    }

    /// <summary>How many rows something is true of, such as <c>3 of 4 (75.0 %)</c>.</summary>
    internal static string Share<T>(IEnumerable<T> rows, Func<T, bool> predicate)
    {
        var (count, all) = (rows.Count(predicate), rows.Count());
        return string.Create(CultureInfo.InvariantCulture, $"{count} of {all} ({100.0 * count / Math.Max(all, 1):0.0} %)");
    }

    private static T? Parse<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, Json);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
