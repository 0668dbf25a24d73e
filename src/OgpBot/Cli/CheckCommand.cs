using System.CommandLine;
using OgpBot.Archive;
using OgpBot.Archive.Answers;
using OgpBot.Archive.Plan;
using OgpBot.Criteria;
using OgpBot.Dialogs;
using OgpBot.Llm;
using OgpBot.Settings;
using OgpBot.Staff;
using OgpBot.Submissions.Review;

namespace OgpBot.Cli;

/// <summary><c>check</c>: reads all data files and settings and tells each mistake with its file and line.</summary>
internal static class CheckCommand
{
    internal static Command Build()
    {
        var check = new Command("check", "Check data files and settings.");
        check.SetAction(OgpBotCommand.Run((_, _) => Task.FromResult(Check())));
        return check;
    }

    private static int Check()
    {
        using var program = ConsoleProgram.Build();
        var library = program.Services.GetRequiredService<Lazy<DialogLibrary>>().Value;
        _ = program.Services.GetRequiredService<Lazy<CriteriaChecks>>().Value;
        _ = program.Services.GetRequiredService<Lazy<ShippedArchive>>().Value;
        _ = program.Services.GetRequiredService<Lazy<PlanFile>>().Value;
        _ = program.Services.GetRequiredService<Lazy<ReviewRules>>().Value;
        _ = program.Services.GetRequiredService<Lazy<StaffTexts>>().Value;
        _ = program.Services.GetRequiredService<Lazy<PromptLibrary>>().Value;
        _ = program.Services.GetRequiredService<Lazy<VerificationWords>>().Value;
        if (program.Services.GetRequiredService<LanguageModel>() is { IsWanted: true, WhyNone: { } mistake })
        {
            throw new SettingsException($"There would be no language model: {mistake}.");
        }

        program.Services.GetRequiredService<Storage.IDatabase>();
        var unresolved = program.Services.GetRequiredService<ArchiveReader>().Unresolved();
        if (unresolved.Count > 0)
        {
            throw new DataException([.. unresolved.Select(pointer => new DataProblem(
                "facts.yaml", pointer.Line, $"no sentence of `{pointer.Document}` has all of: {string.Join(", ", pointer.Words)}"))]);
        }

        foreach (var placeholder in library.Consultation.Placeholders)
        {
            Console.WriteLine(placeholder);
        }

        var placeholders = library.Consultation.Placeholders.Count;
        Console.WriteLine($"{library.Dialogs.Count} dialogs, {library.Texts.Count} languages ({string.Join(", ", library.Texts.Keys.Order(StringComparer.Ordinal))}): no mistakes"
            + (placeholders > 0 ? $"; {placeholders} texts still to be written before Production." : "."));
        return 0;
    }
}
