using System.CommandLine;
using OgpBot.Hosting;

namespace OgpBot.Cli;

/// <summary><c>serve</c>, the default: serves the web channel until it is stopped.</summary>
internal static class ServeCommand
{
    internal static void AddTo(RootCommand root)
    {
        var serve = new Command("serve", "Serve the chat (the default).");
        foreach (var command in new Command[] { root, serve })
        {
            var urls = new Option<string?>("--urls") { Description = "Where to listen, such as http://127.0.0.1:8080 (default http://localhost:5080)." };
            command.Options.Add(urls);
            command.SetAction(OgpBotCommand.Run((parsed, cancellationToken) => ServeAsync(parsed.GetValue(urls), cancellationToken)));
        }

        root.Subcommands.Add(serve);
    }

    private static async Task<int> ServeAsync(string? urls, CancellationToken cancellationToken)
    {
        await using var app = WebHost.Build(urls);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            // What had started, such as the sweep, is in its work: it ends before what it works with is taken away.
            await app.StopAsync(CancellationToken.None);
            throw;
        }

        var reading = app.Services.GetRequiredService<DataReading>().ReadAsync();
        foreach (var address in app.Urls)
        {
            Console.WriteLine($"OgpBot: {address}");
        }

        await app.WaitForShutdownAsync(cancellationToken);
        if (reading.IsFaulted)
        {
            await reading;
        }

        return 0;
    }
}
