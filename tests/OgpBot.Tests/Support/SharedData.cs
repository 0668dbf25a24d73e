using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OgpBot.Archive;
using OgpBot.Criteria;
using OgpBot.Dialogs;
using OgpBot.Hosting;
using OgpBot.Llm;
using OgpBot.Storage;

namespace OgpBot.Tests.Support;

/// <summary>
/// What every host of the tests would read again: the repository's own data files, which never change once read, and an empty database with all its tables.
/// A test of how files are read, or of how a database is brought up to date, asks for none of it by giving folders of its own.
/// </summary>
internal static class SharedData
{
    private static readonly Lazy<DialogLibrary> Library = Of<DialogLibrary>();
    private static readonly Lazy<CriteriaChecks> Checks = Of<CriteriaChecks>();
    private static readonly Lazy<ShippedArchive> Archive = Of<ShippedArchive>();
    private static readonly Lazy<VerificationWords> Words = Of<VerificationWords>();
    private static readonly Lazy<Task<byte[]>> Database = new(MakeDatabaseAsync);

    // The host that reads for all the others.
    private static readonly Lazy<IServiceProvider> Reader = new(() => Services(Path.Combine(AppContext.BaseDirectory, "never-made")).BuildServiceProvider());

    /// <summary>Gives a host what the repository's folders hold, where it uses these.</summary>
    internal static void AddTo(IServiceCollection services, IConfiguration configuration)
    {
        bool Has(string setting, string folder) => configuration[$"OgpBot:{setting}"] == folder;
        if (Has("DialogsDirectory", Repository.Dialogs))
        {
            // The address of the site stands in its texts.
            if (configuration["OgpBot:PublicUrl"] is null && configuration["OgpBot:Telegram:PublicUrl"] is null)
            {
                services.Replace(ServiceDescriptor.Singleton(Library));
            }

            services.Replace(ServiceDescriptor.Singleton(Checks));
        }

        if (Has("ArchiveDirectory", Repository.Archive))
        {
            services.Replace(ServiceDescriptor.Singleton(Archive));
        }

        if (Has("PromptsDirectory", Repository.Prompts))
        {
            services.Replace(ServiceDescriptor.Singleton(Words));
        }
    }

    /// <summary>An empty database, where there is none.</summary>
    internal static async Task PutDatabaseAsync(string dataDirectory)
    {
        var file = Path.Combine(dataDirectory, "ogpbot.db");
        if (Directory.Exists(dataDirectory) && !Path.Exists(file))
        {
            await File.WriteAllBytesAsync(file, await Database.Value);
        }
    }

    private static async Task<byte[]> MakeDatabaseAsync()
    {
        using var folder = new TemporaryFolder();
        await using (var services = Services(folder.Path).BuildServiceProvider())
        {
            await services.GetRequiredService<DatabaseStart>().OnceAsync(CancellationToken.None);
            await using var database = await services.GetRequiredService<IDbContextFactory<OgpBotDb>>().CreateDbContextAsync();
            await database.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return await File.ReadAllBytesAsync(folder.File("ogpbot.db"));
    }

    private static Lazy<T> Of<T>()
        where T : class => new(() => Reader.Value.GetRequiredService<Lazy<T>>().Value);

    private static ServiceCollection Services(string dataDirectory)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddOgpBot(new ConfigurationBuilder().AddInMemoryCollection(TestHost.Settings(dataDirectory)).Build());
        return services;
    }
}
