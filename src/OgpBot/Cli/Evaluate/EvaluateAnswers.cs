using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OgpBot.Archive;
using OgpBot.Archive.Answers;
using OgpBot.Dialogs;
using OgpBot.Storage;

namespace OgpBot.Cli.Evaluate;

/// <summary>
/// <c>evaluate answers</c>: how often answers are right. An answer is right where it matches the known one, cites a source and is not too long. A question
/// that the archive can't answer is right where no answer is given.
/// </summary>
internal static partial class EvaluateAnswers
{
    private const int TooLong = 2_500;
    private const string Abstain = "abstain";
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(2);
    private static readonly (string Fine, string Simple)[] Fine =
        [("“", "\""), ("”", "\""), ("«", "\""), ("»", "\""), ("‘", "'"), ("’", "'"), ("–", "-"), ("—", "-"), ("‑", "-"), ("**", ""), ("`", "")];

    internal static Command Build() => EvaluateCommand.Build(
        "answers",
        "Measure the answers.",
        "Lines of {question, lang, style, kind: factual|status|abstain|adversarial, gold: \"abstain\" or patterns, must_not}.",
        "`wrong` prints the questions that went wrong.",
        EvaluateAsync);

    private static async Task<int> EvaluateAsync(FileInfo file, bool showWrong, bool withModel, CancellationToken cancellationToken)
    {
        using var program = ConsoleProgram.Build();
        var model = ModelComparison.Of(program.Services, withModel);
        await program.Services.GetRequiredService<DatabaseStart>().OnceAsync(cancellationToken);
        var documents = (await program.Services.GetRequiredService<ArchiveStore>().ListAsync(withHistory: false, cancellationToken))
            .ToDictionary(document => document.Name, document => Normal(document.Text));
        var pipeline = program.Services.GetRequiredService<AnswerPipeline>();
        var index = program.Services.GetRequiredService<ArchiveIndex>();
        var (judged, helped) = (new List<Judged>(), new List<Judged>());
        await foreach (var row in EvaluateCommand.ReadAsync<Row>(file, "question", row => row.Question, cancellationToken))
        {
            var language = row.Lang ?? LocalizedText.DefaultLanguage;
            var start = Stopwatch.GetTimestamp();
            judged.Add(Judge(row, pipeline.Answer(row.Question, language), documents, Stopwatch.GetElapsedTime(start)));
            if (model is not null)
            {
                start = Stopwatch.GetTimestamp();
                var (_, other) = await model.AskAsync(turn => pipeline.AnswerAsync(
                    row.Question, before: "", language, new Dictionary<string, string>(), turn, cancellationToken));
                helped.Add(Judge(row, other, documents, Stopwatch.GetElapsedTime(start)));
            }
        }

        ModelComparison.PrintBeside(Measures(judged), model is null ? null : Measures(helped));
        model?.PrintCost();
        foreach (var wrong in (model is null ? judged : helped).Where(row => showWrong && !row.IsRight))
        {
            Console.WriteLine($"[{wrong.Row.Kind}/{wrong.Row.Style}] {wrong.Row.Question}\n    {AnswerPipeline.NameOf(wrong.Answer.Status)}: {wrong.Answer.Text.ReplaceLineEndings(" ")}");
            foreach (var match in index.Nearest(wrong.Row.Question, wrong.Row.Lang ?? LocalizedText.DefaultLanguage))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"      {match.Score:0.00} covers {match.Coverage:0.00} {match.Fact.Kind} {match.Fact.Id}"));
            }
        }

        return 0;
    }

    private static Judged Judge(Row row, Answer answer, Dictionary<string, string> documents, TimeSpan took)
    {
        var text = Normal(answer.Text);
        var isBad = (row.MustNot ?? []).Any(pattern => Matches(pattern, text));
        var isHit = row.Gold.ValueKind == JsonValueKind.Array && row.Gold.EnumerateArray().Any(gold => IsHit(gold, text));
        var mayAbstain = row.WantsAbstention || (row.Gold.ValueKind == JsonValueKind.Array && row.Gold.EnumerateArray().Any(IsAbstain));
        var isRight = !isBad && (answer.Abstained ? mayAbstain : isHit && answer.Citations.Count > 0 && text.Length <= TooLong);
        var verbatim = answer.Citations.Count(citation => documents.TryGetValue(citation.Document, out var document)
            && Normal(citation.Quote).Split('…').All(part => document.Contains(part.Trim(), StringComparison.Ordinal)));
        return new Judged(row, answer, isRight, isHit && !isBad, answer.Citations.Count(citation => documents.ContainsKey(citation.Document)), verbatim, took);
    }

    private static bool IsHit(JsonElement gold, string text) => gold.ValueKind switch
    {
        JsonValueKind.Array => gold.EnumerateArray().All(pattern => Matches(pattern.GetString()!, text)),
        _ => !IsAbstain(gold) && Matches(gold.GetString()!, text),
    };

    private static bool IsAbstain(JsonElement gold) => gold.ValueKind == JsonValueKind.String && gold.GetString() == Abstain;

    private static bool Matches(string pattern, string text) => Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatternLimit);

    // Without accents, capitals, emphasis and fine typography, as the patterns are written.
    private static string Normal(string text)
    {
        var plain = new StringBuilder(TextFold.Letters(text));
        foreach (var (fine, simple) in Fine)
        {
            plain.Replace(fine, simple);
        }

        return Blanks().Replace(plain.ToString(), " ").Trim();
    }

    private static List<(string Name, string Value)> Measures(List<Judged> rows)
    {
        var answerable = rows.Where(row => row.Row.Kind is "factual" or "status").ToList();
        var (cited, verbatim) = (rows.Sum(row => row.Cited), rows.Sum(row => row.Verbatim));
        var times = rows.Select(row => row.Took.TotalMilliseconds).Order().ToList();
        var lengths = answerable.Select(row => row.Answer.Text.Length).Order().ToList();
        return
        [
            ("answerable right", EvaluateCommand.Share(answerable, row => row.IsRight)),
            ("  about the state of the plan", EvaluateCommand.Share(answerable.Where(row => row.Row.Kind == "status"), row => row.IsRight)),
            .. answerable.GroupBy(row => row.Row.Style).OrderBy(style => style.Key, StringComparer.Ordinal).Select(style => ($"  {style.Key}", EvaluateCommand.Share(style, row => row.IsRight))),
            ("  gold matched but for abstention", EvaluateCommand.Share(answerable, row => row.IsHit)),
            ("answerable wrongly abstained", EvaluateCommand.Share(answerable, row => row.Answer.Abstained)),
            ("unanswerable abstained", EvaluateCommand.Share(rows.Where(row => row.Row.Kind == Abstain), row => row.IsRight)),
            ("adversarial passed", EvaluateCommand.Share(rows.Where(row => row.Row.Kind == "adversarial"), row => row.IsRight)),
            ("citations verbatim", $"{verbatim} of {cited}"),
            ("time p50, p95", string.Create(CultureInfo.InvariantCulture, $"{At(times, 0.5):0.0}, {At(times, 0.95):0.0} ms")),
            ("length p50, p95", $"{At(lengths, 0.5)}, {At(lengths, 0.95)} characters"),
        ];
    }

    private static T? At<T>(List<T> sorted, double share) => sorted.Count == 0 ? default : sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    private sealed record Row(string Question, string? Lang, string? Style, string? Kind, JsonElement Gold, IReadOnlyList<string>? MustNot)
    {
        internal bool WantsAbstention => IsAbstain(Gold);
    }

    private sealed record Judged(Row Row, Answer Answer, bool IsRight, bool IsHit, int Cited, int Verbatim, TimeSpan Took);
}
