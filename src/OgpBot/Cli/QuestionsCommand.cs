using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using OgpBot.Archive;
using OgpBot.Storage;

namespace OgpBot.Cli;

/// <summary><c>questions gaps</c>: what residents asked and the archive did not answer. The same questions stand together, the most asked first.</summary>
internal static class QuestionsCommand
{
    internal static Command Build()
    {
        var gaps = new Command("gaps", "List the questions that stayed open: how many times, the last day, why, and one wording.");
        gaps.SetAction(OgpBotCommand.Run((_, cancellationToken) => GapsAsync(cancellationToken)));
        return new Command("questions", "See what residents asked.") { gaps };
    }

    private static async Task<int> GapsAsync(CancellationToken cancellationToken)
    {
        using var program = ConsoleProgram.Build();
        await program.Services.GetRequiredService<DatabaseStart>().OnceAsync(cancellationToken);
        var lexicon = program.Services.GetRequiredService<Lazy<ShippedArchive>>().Value.Lexicon;
        await using var database = await program.Services.GetRequiredService<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync(cancellationToken);
        var open = await database.Set<OpenQuestion>().AsNoTracking().ToListAsync(cancellationToken);
        foreach (var group in open.GroupBy(SameFor).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Max(question => question.AskedOn)))
        {
            var last = group.MaxBy(question => question.AskedOn)!;
            Console.WriteLine($"{group.Count()}\t{last.AskedOn:yyyy-MM-dd}\t{last.Why}\t{last.Question.ReplaceLineEndings(" ")}");
        }

        return 0;

        string SameFor(OpenQuestion question) => string.Join(' ', lexicon.TermsOf(question.Question, question.Language == "en").Distinct().Order(StringComparer.Ordinal));
    }
}
