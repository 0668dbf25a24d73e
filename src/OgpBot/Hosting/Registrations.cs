using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using OgpBot.Archive;
using OgpBot.Archive.Answers;
using OgpBot.Archive.Answers.Composed;
using OgpBot.Archive.Plan;
using OgpBot.Calls;
using OgpBot.Channels.BotFramework;
using OgpBot.Channels.DirectLine;
using OgpBot.Channels.Telegram;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;
using OgpBot.Criteria;
using OgpBot.Criteria.Handlers;
using OgpBot.Criteria.Reading;
using OgpBot.Dialogs;
using OgpBot.Llm;
using OgpBot.Privacy;
using OgpBot.Storage;
using OgpBot.Storage.Sqlite;
using OgpBot.Submissions.Export;
using OgpBot.Submissions.Filing;
using OgpBot.Submissions.Own;

namespace OgpBot.Hosting;

/// <summary>The composition root: what the program is made of.</summary>
internal static class Registrations
{
    /// <summary>All that a conversation needs, with or without a web server around it.</summary>
    internal static IServiceCollection AddOgpBot(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<OgpBotOptions>(configuration.GetSection(OgpBotOptions.Section));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<OgpBotOptions>>().Value);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => RandomNumberGenerator.Create());
        services.AddSingleton<Ids>();

        services.AddSingleton(provider => new Lazy<DialogLibrary>(() => LoadLibrary(provider)));
        services.AddSingleton<ICallHandler, OpeningHandler>();
        services.AddSingleton<ICallHandler, SummaryShownHandler>();
        services.AddSingleton<ICallHandler, ConsentHandler>();
        services.AddSingleton<ICallHandler, RemindHandler>();
        services.AddSingleton<ICallHandler, FileHandler>();
        services.AddSingleton<ICallHandler, FindHandler>();
        services.AddModel();
        services.AddRights();
        services.AddCriteria();
        services.AddArchive();
        services.AddPlan();

        services.AddSingleton(provider => OpenDatabase(provider.GetRequiredService<OgpBotOptions>()));
        services.AddDbContextFactory<OgpBotDb>((provider, options) => provider.GetRequiredService<IDatabase>().Configure(options));
        services.AddSingleton(provider => new ReceiptKey(new KeyFile(provider.GetRequiredService<OgpBotOptions>().DataDirectory, "receipt.key")));
        services.AddSingleton<ConversationReader>();
        services.AddSingleton<ConversationFeed>();
        services.AddSingleton<IChannel, DirectLineChannel>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<SubmissionExport>();

        // Stopped in the reverse order: turns finish before their writer ends.
        services.AddStarted<DatabaseStart>();
        services.AddStarted<TurnWriter>();
        services.AddTelegram();
        services.AddBotFramework();
        services.AddStarted<TurnQueue>();
        services.AddSingleton<DraftReminder>();
        services.AddStarted<RetentionSweep>();
        services.AddSingleton<ConversationInbox>();
        return services;
    }

    // The rooms say what their prompts are given; the files are read and checked once.
    private static void AddModel(this IServiceCollection services)
    {
        string Prompts(IServiceProvider provider) => DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().PromptsDirectory);
        services.AddSingleton(provider => new Lazy<PromptLibrary>(() => PromptLibrary.Load(
            Prompts(provider), provider.GetRequiredService<OgpBotOptions>().Llm.MaxOutputTokens, [ModelReader.Prompt, QuestionRephraser.Prompt, AnswerComposer.Prompt])));
        services.AddSingleton(provider => new Lazy<VerificationWords>(() => VerificationWords.Load(Prompts(provider))));
        services.AddSingleton(provider => new Lazy<Particulars>(() => new Particulars(
            provider.GetRequiredService<Lazy<VerificationWords>>().Value, provider.GetRequiredService<Lazy<DialogLibrary>>().Value.Texts.Values)));
        services.AddSingleton<ModelSwitch>();
        services.AddSingleton<ModelBudget>();
        services.AddSingleton<LanguageModel>();
    }

    // What a citizen may do with what she filed, and with what is held of her.
    private static void AddRights(this IServiceCollection services)
    {
        services.AddSingleton<OwnSubmissions>();
        services.AddSingleton<SubmissionWords>();
        services.AddSingleton<ICallHandler, MineHandler>();
        services.AddSingleton<ICallHandler, OpenHandler>();
        services.AddSingleton<ICallHandler, ShowHandler>();
        services.AddSingleton<ICallHandler, ReviseHandler>();
        services.AddSingleton<ICallHandler, WithdrawHandler>();
        services.AddSingleton<ICallHandler, ContactHandler>();
        services.AddSingleton<ICallHandler, ForgetContactHandler>();
        services.AddSingleton<IHeldData, ConversationData>();
        services.AddSingleton<IHeldData, SubmissionData>();
        services.AddSingleton<ICallHandler, HeldHandler>();
        services.AddSingleton<ICallHandler, EraseHandler>();
        services.AddSingleton<ICallHandler, AgreedHandler>();
    }

    private static void AddCriteria(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<CriteriaChecks>(() => CriteriaChecks.Load(
            DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().DialogsDirectory),
            provider.GetRequiredService<Lazy<DialogLibrary>>().Value.Consultation)));
        services.AddSingleton<RedactedText>();
        services.AddSingleton<ModelReader>();
        services.AddSingleton<ICallHandler, CheckHandler>();
        services.AddSingleton<ICallHandler, RewriteHandler>();
        services.AddSingleton<ICallHandler, ClassifyTextHandler>();
        services.AddSingleton<ICallHandler, ReferralHandler>();
        services.AddSingleton<ICallHandler, DismissFindingHandler>();
        services.AddSingleton<ICallHandler, MaskHandler>();
        services.AddSingleton<ICallHandler, RememberFiledTextHandler>();
    }

    private static void AddArchive(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<ShippedArchive>(() => ShippedArchive.Load(DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().ArchiveDirectory))));
        services.AddSingleton<ArchiveStore>();
        services.AddSingleton<ArchiveReader>();
        services.AddSingleton<ArchiveIndex>();
        services.AddSingleton<Citations>();
        services.AddSingleton<AnswerPipeline>();
        services.AddSingleton<QuestionRephraser>();
        services.AddSingleton<AnswerVerification>();
        services.AddSingleton<AnswerComposer>();
        services.AddSingleton<OpenQuestions>();
        services.AddSingleton<ICallHandler, AskHandler>();
        services.AddSingleton<ICallHandler, SideQuestionHandler>();
        services.AddSingleton<ICallHandler, NotHelpfulHandler>();
    }

    private static void AddPlan(this IServiceCollection services)
    {
        services.AddSingleton(provider => new Lazy<PlanFile>(() => new PlanFile(
            DataFolders.Find(provider.GetRequiredService<OgpBotOptions>().ArchiveDirectory),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PlanFile>>())));
        services.AddSingleton<ICallHandler, StatusHandler>();
    }

    // The outbox is stopped after the turns that fill it, and before the writer that it needs.
    private static void AddTelegram(this IServiceCollection services)
    {
        services.AddSingleton<TelegramBot>();
        services.AddSingleton(provider => new TelegramPace(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<TelegramBot>().PerSecond, afterRestart: true));
        services.AddSingleton<TelegramIntake>();
        services.AddStarted<TelegramPresses>();
        services.AddStarted<TelegramOutbox>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<TelegramOutbox>());
    }

    // Likewise. Bot Builder's client is made when there is something to send.
    private static void AddBotFramework(this IServiceCollection services)
    {
        services.AddSingleton<BotFrameworkSettings>();
        services.AddSingleton(provider => new Lazy<BotFrameworkConnector>(
            () => BotFrameworkConnector.Open(provider.GetRequiredService<BotFrameworkSettings>(), provider.GetRequiredService<TimeProvider>())));
        services.AddStarted<BotFrameworkOutbox>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<BotFrameworkOutbox>());
    }

    /// <summary>What takes activities in, where the channel is on.</summary>
    internal static void AddBotFrameworkDoor(this IServiceCollection services)
    {
        services.AddSingleton<IncomingActivities>();
        services.AddSingleton<BotFrameworkTokens>();
    }

    /// <summary>Where data files are wrong this tells all mistakes, before anyone is served.</summary>
    /// <exception cref="DataException">With every mistake, its file and line.</exception>
    internal static DialogLibrary LoadLibrary(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<OgpBotOptions>();
        return DialogLibrary.Load(DataFolders.Find(options.DialogsDirectory), HostTexts.Contract(provider.GetServices<ICallHandler>(), options));
    }

    internal static void AddStarted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }

    private static IDatabase OpenDatabase(OgpBotOptions options)
    {
        if (!options.Database.Provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingsException($"OgpBot:Database:Provider is `{options.Database.Provider}`; only `Sqlite` exists so far.");
        }

        if (!string.IsNullOrWhiteSpace(options.Database.ConnectionString))
        {
            return new SqliteDatabase(options.Database.ConnectionString);
        }

        try
        {
            Directory.CreateDirectory(options.DataDirectory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The folder `{options.DataDirectory}` (OgpBot:DataDirectory) can't be made: {error.Message}");
        }

        return new SqliteDatabase($"Data Source={Path.Combine(Path.GetFullPath(options.DataDirectory), "ogpbot.db")}");
    }
}
