using Microsoft.Extensions.Logging.Console;

namespace OgpBot.Hosting;

/// <summary>Logs go to standard error: standard output holds results alone.</summary>
internal static class ProgramLogging
{
    internal static void ToStandardError(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.ColorBehavior = LoggerColorBehavior.Disabled;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        // EF Core would log each statement; the requests of the web server tell an operator nothing either.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);

        // It warns that the desk's keys are not encrypted: they lie beside the other keys, in a folder that only the program's account may read.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        // Otherwise each request makes a tracing activity that nobody reads.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);

        // A start that fails is told in one sentence by the command; a service that ends the host is critical and still logged.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }
}
