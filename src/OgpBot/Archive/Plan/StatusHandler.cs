using OgpBot.Calls;
using OgpBot.Dialogs;

namespace OgpBot.Archive.Plan;

/// <summary>Tells in the chat how the plan stands: in short, stage by stage, as of which day, and by which documents.</summary>
internal sealed class StatusHandler(Lazy<DialogLibrary> library, Lazy<PlanFile> file) : ICallHandler
{
    public CallContract Contract { get; } = new("plan.status", ["told"], ["plan_brief", "plan_stages", "plan_as_of", "plan_documents"]);

    public ValueTask<CallAnswer> HandleAsync(Call call, CallContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<CallAnswer>(Tell(file.Value.Current, new PlanWords(library.Value.Texts[call.Language])));

    private static CallResult Tell(PlanStatus plan, PlanWords words) => new("told")
    {
        Values = new Dictionary<string, string>
        {
            ["plan_brief"] = Fitting(plan.Brief.In(words.Language)),
            ["plan_stages"] = Fitting(string.Join('\n', plan.Stages.Where(stage => !stage.IsPause).GroupBy(stage => stage.State).OrderBy(group => group.Key)
                .Select(group => $"{PlanWords.SignOf(group.Key)} {words.WordOf(group.Key)}:\n{string.Join('\n', group.Select(stage => Line(stage, words)))}"))),
            ["plan_as_of"] = words.Of(plan.AsOf.Date),
            ["plan_documents"] = Fitting(string.Join("; ", plan.Documents.Select(words.Of))),
        },
    };

    private static string Line(PlanStage stage, PlanWords words)
    {
        string[] dates = [.. stage.Actual is { } actual ? [words.Of(actual)] : Array.Empty<string>(), .. stage.Planned is { } planned ? [words.Planned(planned)] : Array.Empty<string>()];
        return dates.Length == 0 ? $"• {stage.Name.In(words.Language)}" : $"• {stage.Name.In(words.Language)}: {string.Join("; ", dates)}";
    }

    // A slot holds no more; a plan of so many words is better read on its page than not told at all.
    private static string Fitting(string text) => text.Length <= DialogEngine.LongestSlot ? text : $"{text[..(DialogEngine.LongestSlot - 2)].TrimEnd()}…";
}
