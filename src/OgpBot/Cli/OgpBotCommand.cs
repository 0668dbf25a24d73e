using System.CommandLine;
using OgpBot.Cli.Evaluate;
using OgpBot.Dialogs;
using OgpBot.Settings;
using OgpBot.Storage;

namespace OgpBot.Cli;

/// <summary>The command line. Standard output holds results alone; exit codes are 0, 1 for a failure and 2 for a wrong call.</summary>
internal static class OgpBotCommand
{
    /// <summary>The exit code of a call that can't be understood.</summary>
    internal const int Usage = 2;

    private const int Failure = 1;

    internal static RootCommand Build()
    {
        var root = new RootCommand("OgpBot: takes part in a city's open-government plan by chat. Without a command it serves.");
        ServeCommand.AddTo(root);
        root.Subcommands.Add(CheckCommand.Build());
        root.Subcommands.Add(ChatCommand.Build());
        root.Subcommands.Add(ExportCommand.Build());
        root.Subcommands.Add(CheckTextCommand.Build());
        root.Subcommands.Add(ArchiveCommand.Build());
        root.Subcommands.Add(AskCommand.Build());
        root.Subcommands.Add(QuestionsCommand.Build());
        root.Subcommands.Add(PlacesCommand.Build());
        root.Subcommands.Add(ModelCommand.Build());
        root.Subcommands.Add(EvaluateCommand.Build());
        root.Subcommands.Add(StaffCommand.Build());
        root.Subcommands.Add(AuditCommand.Build());
        return root;
    }

    /// <summary>Runs a command and turns expected failures into a plain sentence on standard error.</summary>
    internal static Func<ParseResult, CancellationToken, Task<int>> Run(Func<ParseResult, CancellationToken, Task<int>> action) => async (parsed, cancellationToken) =>
    {
        try
        {
            return await action(parsed, cancellationToken);
        }
        catch (Exception error) when (error is DataException or SettingsException or StorageUnavailableException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failure;
        }
    };
}
