using System.CommandLine;
using System.Globalization;
using OgpBot.Dialogs;
using OgpBot.Llm;
using OgpBot.Settings;

namespace OgpBot.Cli.Evaluate;

/// <summary><c>--with-model</c> of the <c>evaluate</c> commands: a second column with the language model, its tokens and cost.</summary>
internal sealed class ModelComparison(LanguageModel model, LlmOptions options, DateOnly day)
{
    private const decimal Million = 1_000_000;

    private Tokens spent;
    private int asked;

    internal static Option<bool> Option => new("--with-model") { Description = "Also with the language model of the settings: a second column, its name, the day, tokens and cost." };

    /// <returns>Null: it was not asked for.</returns>
    /// <exception cref="SettingsException">There is no model.</exception>
    internal static ModelComparison? Of(IServiceProvider services, bool wanted)
    {
        if (!wanted)
        {
            return null;
        }

        var model = services.GetRequiredService<LanguageModel>();
        if (!model.IsOn)
        {
            throw new SettingsException($"There is no language model to evaluate: {model.WhyNone ?? "it is switched off (model on)"}.");
        }

        var today = LocalDates.DayOf(services.GetRequiredService<TimeProvider>().GetUtcNow(), services.GetRequiredService<Lazy<DialogLibrary>>().Value.Consultation);
        return new ModelComparison(model, services.GetRequiredService<OgpBotOptions>().Llm, today);
    }

    /// <summary>The model for one row; it has no citizen's share.</summary>
    internal async Task<T> AskAsync<T>(Func<ModelSession?, ValueTask<T>> ask)
    {
        var turn = model.Begin(citizen: null);
        var result = await ask(turn);
        spent += turn?.Spent ?? default;
        asked += turn?.Spent.All > 0 ? 1 : 0;
        return result;
    }

    /// <summary>Two columns of lines that begin alike; the names are as long as the longest.</summary>
    internal static void PrintBeside(IReadOnlyList<(string Name, string Value)> offline, IReadOnlyList<(string Name, string Value)>? withModel)
    {
        var (names, values) = (offline.Max(line => line.Name.Length), offline.Max(line => line.Value.Length));
        if (withModel is not null)
        {
            Console.WriteLine($"{"".PadRight(names)}  {"offline".PadRight(values)}  with model");
        }

        for (var at = 0; at < offline.Count; at++)
        {
            Console.WriteLine($"{offline[at].Name.PadRight(names)}  {(withModel is null ? offline[at].Value : $"{offline[at].Value.PadRight(values)}  {withModel[at].Value}")}".TrimEnd());
        }
    }

    internal void PrintCost()
    {
        var cost = ((spent.Input * options.InputPricePerMillion) + (spent.Output * options.OutputPricePerMillion)) / Million;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"model {model.Name} on {day:yyyy-MM-dd}: asked for {asked} rows; {spent.Input} tokens sent, {spent.Output} received; cost {(cost > 0 ? $"{cost:0.0000}" : "not known (no prices set)")}"));
    }
}
