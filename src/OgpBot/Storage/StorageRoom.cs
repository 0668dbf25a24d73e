using OgpBot.Settings;
using OgpBot.Storage.Sqlite;

namespace OgpBot.Storage;

/// <summary>Registers the database and what makes ids.</summary>
internal static class StorageRoom
{
    internal static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<Ids>();
        services.AddSingleton(provider => OpenDatabase(provider.GetRequiredService<OgpBotOptions>()));
        services.AddDbContextFactory<OgpBotDb>((provider, options) => provider.GetRequiredService<IDatabase>().Configure(options));
        services.AddHosted<DatabaseStart>();
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
