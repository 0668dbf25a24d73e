using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using OgpBot.Criteria;
using OgpBot.Criteria.Reading;
using OgpBot.Dialogs;

namespace OgpBot.Cli.Evaluate;

/// <summary><c>evaluate criteria</c>: how often the checks err on texts with a known answer. False alarms come first: they burden honest citizens.</summary>
internal static class EvaluateCriteria
{
    private const string Offence = "offence";

    internal static Command Build() => EvaluateCommand.Build(
        "criteria",
        "Measure the checks of the criteria.",
        "Lines of {text, label?, function?, axis?, ambiguous?, suspect_offence?}; label is `offence` or `ok`.",
        "`wrong` prints the texts that went wrong, with the statement and pattern that was found.",
        EvaluateAsync);

    private static async Task<int> EvaluateAsync(FileInfo file, bool showWrong, bool withModel, CancellationToken cancellationToken)
    {
        using var program = ConsoleProgram.Build();
        var model = ModelComparison.Of(program.Services, withModel);
        var reader = program.Services.GetRequiredService<ModelReader>();
        var checks = program.Services.GetRequiredService<Lazy<CriteriaChecks>>().Value;
        var (rows, read) = (new List<Judged>(), new List<Judged>());
        await foreach (var row in EvaluateCommand.ReadAsync<Row>(file, "text", row => row.Text, cancellationToken))
        {
            var text = new CheckedText(row.Text);
            var found = checks.Check(text, slot: null, CheckContext.None);
            rows.Add(new Judged(row, found, [.. checks.Axes(text).Select(axis => axis.Axis)]));
            if (model is not null)
            {
                var reading = await model.AskAsync(turn => reader.ReadAsync(
                    text, slot: null, LocalizedText.DefaultLanguage, new Dictionary<string, string>(), found, CheckContext.None, turn, cancellationToken));
                read.Add(new Judged(row, CriteriaChecks.Together(found, reading.Doubts), rows[^1].Axes));
            }
        }

        List<Judged> counting = [.. rows.Where(row => row.Row.Counts)];
        List<Judged>? readCounting = model is null ? null : [.. read.Where(row => row.Row.Counts)];
        var offences = counting.Count(row => row.Row.IsOffence);
        Console.WriteLine($"{counting.Count} texts count ({offences} offences, {counting.Count - offences} others); {rows.Count - counting.Count} ambiguous ones do not.");
        ModelComparison.PrintBeside(MeasuresOf(counting), readCounting is null ? null : MeasuresOf(readCounting));
        model?.PrintCost();
        PrintAxes([.. rows.Where(row => row.Row.Axes.Count > 0)]);
        if (showWrong)
        {
            PrintWrong(checks, (readCounting ?? counting).Where(row => row.IsFlagged != row.Row.IsOffence));
        }

        return 0;
    }

    private static List<(string Name, string Value)> MeasuresOf(List<Judged> rows) => [.. OffenceOf(rows), .. CriteriaOf(rows)];

    private static IEnumerable<(string Name, string Value)> OffenceOf(List<Judged> rows)
    {
        var (offences, others) = (rows.Where(row => row.Row.IsOffence).ToList(), rows.Where(row => !row.Row.IsOffence).ToList());
        return
        [
            ("doubt", EvaluateCommand.Share(rows, row => row.Outcome == CriterionOutcome.Doubt)),
            ("not met", EvaluateCommand.Share(rows, row => row.Outcome == CriterionOutcome.NotMet)),
            .. MeasuresOf("flagged (doubt or not met)", offences, others, row => row.IsFlagged),
            .. MeasuresOf("not met", offences, others, row => row.Outcome == CriterionOutcome.NotMet),
            .. rows.Where(row => row.Row.Function is not null).GroupBy(row => row.Row.Function).OrderBy(function => function.Key, StringComparer.Ordinal)
                .Select(function => ($"  {function.Key}", $"right {EvaluateCommand.Share([.. function], row => row.IsFlagged == row.Row.IsOffence)}")),
        ];
    }

    private static IEnumerable<(string Name, string Value)> CriteriaOf(List<Judged> rows) =>
        rows.SelectMany(row => row.Results).Select(result => result.Id).Distinct().SelectMany(id => new[]
        {
            ($"{id}: doubt", EvaluateCommand.Share(rows, row => row.OutcomeOf(id) == CriterionOutcome.Doubt)),
            ($"{id}: not met", EvaluateCommand.Share(rows, row => row.OutcomeOf(id) == CriterionOutcome.NotMet)),
        });

    // An axis is named where the words speak for it; the first one named is the one that counts.
    private static void PrintAxes(List<Judged> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var (named, right) = (rows.Count(row => row.Axes.Count > 0), rows.Count(row => row.Axes.Count > 0 && row.Row.Axes.Contains(row.Axes[0])));
        Console.WriteLine($"axis: named in {EvaluateCommand.Share(rows, row => row.Axes.Count > 0)}; precision {Ratio(right, named)}, recall {Ratio(right, rows.Count)}");
        Console.WriteLine($"  the right one is among those named in {EvaluateCommand.Share(rows, row => row.Axes.Exists(row.Row.Axes.Contains))}");
    }

    private static IEnumerable<(string Name, string Value)> MeasuresOf(string name, List<Judged> offences, List<Judged> others, Func<Judged, bool> positive)
    {
        double found = offences.Count(positive), alarms = others.Count(positive);
        yield return ($"{name}: false alarms", $"{EvaluateCommand.Share(others, positive)}, specificity {Ratio(others.Count - alarms, others.Count)}");
        if (offences.Count > 0)
        {
            var f1 = Ratio(2 * found, offences.Count + found + alarms);
            yield return ($"{name}: found", $"precision {Ratio(found, found + alarms)}, recall {Ratio(found, offences.Count)}, F1 {f1}");
        }
    }

    private static void PrintWrong(CriteriaChecks checks, IEnumerable<Judged> wrong)
    {
        foreach (var row in wrong)
        {
            var found = checks.Statements(new CheckedText(row.Row.Text)).Select(statement => $"{statement.Statement.Id}: {statement.Pattern.Source}").Distinct();
            Console.WriteLine($"{(row.IsFlagged ? "false alarm" : "missed")} [{row.Row.Function}] {row.Outcome} ({string.Join(" / ", found)}) {row.Row.Text.ReplaceLineEndings(" ")}");
        }
    }

    private static string Ratio(double part, double whole) => whole > 0 ? (part / whole).ToString("0.000", CultureInfo.InvariantCulture) : "–";

    /// <summary>A line of the file. Without a label it counts as no offence.</summary>
    /// <param name="Ambiguous">True, or why it is.</param>
    /// <param name="SuspectOffence">True, or why it is.</param>
    /// <param name="Axis">The axis that people gave the text: a number, a name, or several.</param>
    private sealed record Row(string Text, string? Label, string? Function, JsonElement Axis, JsonElement Ambiguous, JsonElement SuspectOffence)
    {
        internal List<string> Axes => Axis.ValueKind switch
        {
            JsonValueKind.Array => [.. Axis.EnumerateArray().Select(axis => axis.ToString())],
            JsonValueKind.Number or JsonValueKind.String => [Axis.ToString()],
            _ => [],
        };

        internal bool IsOffence => Label == Offence;

        internal bool Counts => !Says(Ambiguous) && !(Label is null && Says(SuspectOffence));

        private static bool Says(JsonElement mark) => mark.ValueKind is JsonValueKind.True or JsonValueKind.String;
    }

    private sealed record Judged(Row Row, IReadOnlyList<CriterionResult> Results, List<string> Axes)
    {
        internal CriterionOutcome Outcome { get; } = Results.FirstOrDefault(result => result.Id == Offence)?.Outcome ?? CriterionOutcome.Met;

        internal CriterionOutcome OutcomeOf(string criterion) => Results.FirstOrDefault(result => result.Id == criterion)?.Outcome ?? CriterionOutcome.Met;

        internal bool IsFlagged => Outcome != CriterionOutcome.Met;
    }
}
