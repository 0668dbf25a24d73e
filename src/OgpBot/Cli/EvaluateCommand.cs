using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using OgpBot.Criteria;
using OgpBot.Criteria.Statements;
using OgpBot.Dialogs;
using OgpBot.Hosting;

namespace OgpBot.Cli;

/// <summary><c>evaluate criteria</c>: how often the checks err on texts whose answer is known. False alarms come first: they cost honest citizens.</summary>
internal static class EvaluateCommand
{
    private const string Offence = "offence";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal static Command Build()
    {
        var file = new Argument<FileInfo>("file") { Description = "Lines of {text, label?, function?, axis?, ambiguous?, suspect_offence?}; label is `offence` or `ok`." };
        var show = new Option<string?>("--show") { Description = "`wrong` prints the texts that went wrong, with the statement and pattern that was found." };
        show.AcceptOnlyFromAmong("wrong");
        var criteria = new Command("criteria", "Measure the checks of the criteria.") { file, show };
        criteria.SetAction(OgpBotCommand.Run((parsed, cancellationToken) => CriteriaAsync(parsed.GetValue(file)!, parsed.GetValue(show) is not null, cancellationToken)));
        return new Command("evaluate", "Measure the program on texts whose answer is known.") { criteria };
    }

    private static async Task<int> CriteriaAsync(FileInfo file, bool showWrong, CancellationToken cancellationToken)
    {
        var check = ReadCheck();
        var rows = new List<Judged>();
        await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
        {
            if (!string.IsNullOrWhiteSpace(line) && Parse(file, rows.Count + 1, line) is var row)
            {
                rows.Add(new Judged(row, check.Check(new CheckedText(row.Text)).Outcome));
            }
        }

        PrintOffence([.. rows.Where(row => row.Row.Counts)], rows.Count);
        if (showWrong)
        {
            PrintWrong(check, rows.Where(row => row.Row.Counts && row.IsFlagged != row.Row.IsOffence));
        }

        return 0;
    }

    private static StatementCheck ReadCheck()
    {
        using var program = ConsoleProgram.Build();
        var folder = DataFolders.Find(program.Services.GetRequiredService<IOptions<OgpBotOptions>>().Value.DialogsDirectory);
        var problems = new List<DataProblem>();
        var check = StatementCheck.Read(Offence, DataNode.Read(Path.Combine(folder, "criteria", "offence.yaml"), "criteria/offence.yaml", problems));
        return problems.Count == 0 ? check : throw new DataException(problems);
    }

    private static Row Parse(FileInfo file, int number, string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Row>(line, Json) is { Text: not null } row ? row : throw new JsonException();
        }
        catch (JsonException)
        {
            throw new DataException([new DataProblem(file.Name, number, "this is not an object with a `text`")]);
        }
    }

    private static void PrintOffence(List<Judged> rows, int all)
    {
        var (offences, others) = (rows.Where(row => row.Row.IsOffence).ToList(), rows.Where(row => !row.Row.IsOffence).ToList());
        Console.WriteLine($"{rows.Count} texts count ({offences.Count} offences, {others.Count} others); {all - rows.Count} ambiguous ones do not.");
        Console.WriteLine($"doubt {Share(rows, row => row.Outcome == CriterionOutcome.Doubt)}, not met {Share(rows, row => row.Outcome == CriterionOutcome.NotMet)}");
        PrintMeasures("flagged (doubt or not met)", offences, others, row => row.IsFlagged);
        PrintMeasures("not met", offences, others, row => row.Outcome == CriterionOutcome.NotMet);
        foreach (var function in rows.Where(row => row.Row.Function is not null).GroupBy(row => row.Row.Function).OrderBy(function => function.Key, StringComparer.Ordinal))
        {
            Console.WriteLine($"  {function.Key,-24} right {Share([.. function], row => row.IsFlagged == row.Row.IsOffence)}");
        }
    }

    private static void PrintMeasures(string name, List<Judged> offences, List<Judged> others, Func<Judged, bool> positive)
    {
        double found = offences.Count(positive), alarms = others.Count(positive);
        Console.WriteLine($"{name}:");
        Console.WriteLine($"  false alarms {Share(others, positive)}, specificity {Ratio(others.Count - alarms, others.Count)}");
        if (offences.Count > 0)
        {
            Console.WriteLine($"  precision {Ratio(found, found + alarms)}, recall {Ratio(found, offences.Count)}, F1 {Ratio(2 * found, offences.Count + found + alarms)}");
        }
    }

    private static void PrintWrong(StatementCheck check, IEnumerable<Judged> wrong)
    {
        foreach (var row in wrong)
        {
            var found = check.Find(new CheckedText(row.Row.Text), out _).Select(statement => $"{statement.Statement.Id}: {statement.Pattern.Source}").Distinct();
            Console.WriteLine($"{(row.IsFlagged ? "false alarm" : "missed")} [{row.Row.Function}] {row.Outcome} ({string.Join(" / ", found)}) {row.Row.Text.ReplaceLineEndings(" ")}");
        }
    }

    private static string Share(List<Judged> rows, Func<Judged, bool> predicate) => string.Create(
        CultureInfo.InvariantCulture, $"{rows.Count(predicate)} of {rows.Count} ({100.0 * rows.Count(predicate) / Math.Max(rows.Count, 1):0.0} %)");

    private static string Ratio(double part, double whole) => whole > 0 ? (part / whole).ToString("0.000", CultureInfo.InvariantCulture) : "–";

    /// <summary>A line of the file. Without a label it counts as no offence.</summary>
    /// <param name="Ambiguous">True, or why it is.</param>
    /// <param name="SuspectOffence">True, or why it is.</param>
    private sealed record Row(string Text, string? Label, string? Function, JsonElement Ambiguous, JsonElement SuspectOffence)
    {
        internal bool IsOffence => Label == Offence;

        internal bool Counts => !Says(Ambiguous) && !(Label is null && Says(SuspectOffence));

        private static bool Says(JsonElement mark) => mark.ValueKind is JsonValueKind.True or JsonValueKind.String;
    }

    private sealed record Judged(Row Row, CriterionOutcome Outcome)
    {
        internal bool IsFlagged => Outcome != CriterionOutcome.Met;
    }
}
