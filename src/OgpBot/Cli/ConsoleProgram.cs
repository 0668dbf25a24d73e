using OgpBot.Hosting;

namespace OgpBot.Cli;

/// <summary>The same program without a web server, for commands.</summary>
internal static class ConsoleProgram
{
    internal static IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        ProgramLogging.ToStandardError(builder.Logging);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddOgpBot(builder.Configuration);
        return builder.Build();
    }
}
