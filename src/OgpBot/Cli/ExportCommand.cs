using System.CommandLine;
using System.Globalization;
using OgpBot.Dialogs;
using OgpBot.Settings;
using OgpBot.Storage;
using OgpBot.Submissions.Export;

namespace OgpBot.Cli;

/// <summary><c>export</c>: writes submissions for staff; progress goes to standard error.</summary>
internal static class ExportCommand
{
    private const int ProgressEvery = 10_000;

    internal static Command Build()
    {
        var format = new Option<string>("--format") { Description = "csv, json or jsonl.", Required = true };
        format.AcceptOnlyFromAmong([.. ExportWriter.Formats]);
        var output = new Option<FileInfo?>("--output") { Description = "The file to write; standard output if absent." };
        var since = DayOption("--since", "From this local day, such as 2026-07-05.");
        var until = DayOption("--until", "To this local day, included.");
        var axis = new Option<string?>("--axis") { Description = "Only this axis, by number." };
        var borough = new Option<string?>("--borough") { Description = "Only this borough, by name." };
        var where = new Option<string[]>("--where") { Description = "Only those whose field of form.yaml has a value, such as scope=city or groups=\"Personas mayores\"." };
        var withContact = new Option<bool>("--with-contact") { Description = "Add contact data." };
        var export = new Command("export", "Write the submissions received.") { format, output, since, until, axis, borough, where, withContact };
        export.SetAction(OgpBotCommand.Run((parsed, cancellationToken) => ExportAsync(
            parsed.GetValue(format)!,
            parsed.GetValue(output),
            [.. Given("axis", parsed.GetValue(axis)), .. Given("borough", parsed.GetValue(borough)), .. parsed.GetValue(where) ?? []],
            new ExportFilter(parsed.GetValue(since), parsed.GetValue(until), WithContact: parsed.GetValue(withContact)),
            cancellationToken)));
        return export;
    }

    private static async Task<int> ExportAsync(
        string format, FileInfo? file, string[] where, ExportFilter filter, CancellationToken cancellationToken)
    {
        using var program = ConsoleProgram.Build();
        var library = program.Services.GetRequiredService<Lazy<DialogLibrary>>().Value;
        filter = filter with { Fields = where.Select(wanted => ReadField(library, wanted)).GroupBy(wanted => wanted.Slot).ToDictionary(group => group.Key, group => group.Last().Value) };
        await program.Services.GetRequiredService<DatabaseStart>().OnceAsync(cancellationToken);

        var columns = program.Services.GetRequiredService<SubmissionExport>().ColumnsFor(filter);
        var rows = WithProgress(program.Services.GetRequiredService<SubmissionExport>().RowsAsync(filter, cancellationToken));
        await using var output = file is null ? Console.OpenStandardOutput() : file.Create();
        var count = await ExportWriter.WriteAsync(format, output, columns, rows, cancellationToken);
        await Console.Error.WriteLineAsync($"{count} submissions");
        return 0;
    }

    private static (string Slot, string Value) ReadField(DialogLibrary library, string wanted)
    {
        var (slot, named) = wanted.IndexOf('=') is >= 0 and var at ? (wanted[..at].Trim(), wanted[(at + 1)..].Trim()) : (wanted, "");
        var known = library.Form.Fields.Where(field => field.Keeps is not (FieldKeep.Draft or FieldKeep.Contact)).ToDictionary(field => field.Slot);
        var field = known.GetValueOrDefault(slot) ?? throw new SettingsException($"There is no field `{slot}` to choose by{Nearest.Suggestion(slot, known.Keys)}; there are {string.Join(", ", known.Keys)}.");
        var options = library.OptionsOf(field, LocalizedText.DefaultLanguage);
        return options.Count == 0 ? (slot, named)
            : options.FirstOrDefault(option => option.IsCalled(named)) is { } option ? (slot, option.Value)
            : throw new SettingsException($"There is no {slot} `{named}`{Nearest.Suggestion(named, options.Select(known => known.Label))}; there are {string.Join(", ", options.Select(known => known.Label))}.");
    }

    private static IEnumerable<string> Given(string slot, string? value) => value is null ? [] : [$"{slot}={value}"];

    private static async IAsyncEnumerable<IReadOnlyList<string>> WithProgress(IAsyncEnumerable<IReadOnlyList<string>> rows)
    {
        var count = 0;
        await foreach (var row in rows)
        {
            if (++count % ProgressEvery == 0)
            {
                await Console.Error.WriteLineAsync($"{count}…");
            }

            yield return row;
        }
    }

    private static Option<DateOnly?> DayOption(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (DateOnly.TryParseExact(result.Tokens.Single().Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }

            result.AddError($"{name} needs a day of the form 2026-07-05.");
            return null;
        },
    };
}
