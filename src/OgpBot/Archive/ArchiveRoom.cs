using OgpBot.Archive.Answers;
using OgpBot.Archive.Answers.Composed;
using OgpBot.Archive.Plan;
using OgpBot.Archive.Search;
using OgpBot.Calls;
using OgpBot.Settings;

namespace OgpBot.Archive;

/// <summary>Registers the documents, the answers that are made of them, and how the plan stands.</summary>
internal static class ArchiveRoom
{
    internal static void AddArchive(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<ShippedArchive>(() => ShippedArchive.Load(Folder(provider))));
        services.AddSingleton<IPassageIndex, SqlitePassageIndex>();
        services.AddSingleton<ArchiveStore>();
        services.AddSingleton<ArchiveReader>();
        services.AddSingleton<ArchiveIndex>();
        services.AddSingleton<Citations>();
        services.AddSingleton<AnswerPipeline>();
        services.AddSingleton(QuestionRephraser.Prompt);
        services.AddSingleton<QuestionRephraser>();
        services.AddSingleton<AnswerVerification>();
        services.AddSingleton(AnswerComposer.Prompt);
        services.AddSingleton<AnswerComposer>();
        services.AddSingleton<OpenQuestions>();
        services.AddSingleton<ICallHandler, AskHandler>();
        services.AddSingleton<ICallHandler, SideQuestionHandler>();
        services.AddSingleton<ICallHandler, NotHelpfulHandler>();
        services.AddSingleton(provider => new Lazy<PlanFile>(() => new PlanFile(
            Folder(provider), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<PlanFile>>())));
        services.AddSingleton<ICallHandler, StatusHandler>();
    }

    private static string Folder(IServiceProvider provider) => DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().ArchiveDirectory);
}
