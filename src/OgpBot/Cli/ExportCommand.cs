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
        var withContact = new Option<bool>("--with-contact") { Description = "Add contact data." };
        var export = new Command("export", "Write the submissions received.") { format, output, since, until, axis, borough, withContact };
        export.SetAction(OgpBotCommand.Run((parsed, cancellationToken) => ExportAsync(
            parsed.GetValue(format)!,
            parsed.GetValue(output),
            parsed.GetValue(axis),
            parsed.GetValue(borough),
            new ExportFilter(parsed.GetValue(since), parsed.GetValue(until), WithContact: parsed.GetValue(withContact)),
            cancellationToken)));
        return export;
    }

    private static async Task<int> ExportAsync(
        string format, FileInfo? file, string? axis, string? borough, ExportFilter filter, CancellationToken cancellationToken)
    {
        using var program = ConsoleProgram.Build();
        var consultation = program.Services.GetRequiredService<Lazy<DialogLibrary>>().Value.Consultation;
        filter = filter with { Axis = FindAxis(consultation, axis), Borough = FindBorough(consultation, borough) };
        await program.Services.GetRequiredService<DatabaseStart>().OnceAsync(cancellationToken);

        var columns = program.Services.GetRequiredService<SubmissionExport>().ColumnsFor(filter);
        var rows = WithProgress(program.Services.GetRequiredService<SubmissionExport>().RowsAsync(filter, cancellationToken));
        await using var output = file is null ? Console.OpenStandardOutput() : file.Create();
        var count = await ExportWriter.WriteAsync(format, output, columns, rows, cancellationToken);
        await Console.Error.WriteLineAsync($"{count} submissions");
        return 0;
    }

    private static string? FindAxis(Consultation consultation, string? axis) => axis is null || consultation.Axes.Any(known => known.Id == axis)
        ? axis
        : throw new SettingsException($"There is no axis `{axis}`; there are {string.Join(", ", consultation.Axes.Select(known => known.Id))}.");

    private static string? FindBorough(Consultation consultation, string? borough)
    {
        if (borough is null)
        {
            return null;
        }

        var folded = TextFold.Fold(borough);
        return consultation.Boroughs.FirstOrDefault(known => known.Value == borough
                || TextFold.Fold(known.Title.In(LocalizedText.DefaultLanguage)) == folded
                || known.Synonyms.Any(synonym => TextFold.Fold(synonym) == folded))?.Value
            ?? throw new SettingsException($"There is no borough `{borough}`.");
    }

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
