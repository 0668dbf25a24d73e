using System.CommandLine;
using OgpBot.Conversations.Messages;
using OgpBot.Conversations.Outbox;
using OgpBot.Conversations.Turns;
using OgpBot.Dialogs;
using OgpBot.Settings;
using OgpBot.Storage;

namespace OgpBot.Cli;

/// <summary>
/// <c>chat</c>: the same dialogs in the terminal, kept like any other conversation. With <c>--repro</c> what was played is written as a
/// golden conversation for the tests.
/// </summary>
internal static class ChatCommand
{
    internal static Command Build()
    {
        var repro = new Option<FileInfo?>("--repro") { Description = "Also write the conversation to this file, as a golden conversation." };
        var language = new Option<string>("--language") { Description = "The language to begin in.", DefaultValueFactory = _ => LocalizedText.DefaultLanguage };
        var chat = new Command("chat", "Talk with the bot in this terminal; an empty input ends it.") { repro, language };
        chat.SetAction(OgpBotCommand.Run((parsed, cancellationToken) => ChatAsync(parsed.GetValue(repro), parsed.GetValue(language)!, cancellationToken)));
        return chat;
    }

    private static async Task<int> ChatAsync(FileInfo? repro, string language, CancellationToken cancellationToken)
    {
        using var program = ConsoleProgram.Build();
        var library = program.Services.GetRequiredService<Lazy<DialogLibrary>>().Value;
        language = library.LanguageOf(language)
            ?? throw new SettingsException($"There are no texts in `{language}`; there are {string.Join(", ", library.Texts.Keys.Order(StringComparer.Ordinal))}.");

        await program.StartAsync(cancellationToken);
        await program.Services.GetRequiredService<DatabaseStart>().Ready.WaitAsync(cancellationToken);

        var inbox = program.Services.GetRequiredService<ConversationInbox>();
        var ids = program.Services.GetRequiredService<Ids>();
        var conversation = ids.Next();
        var transcript = new Transcript();
        var shown = new Listener(program.Services, conversation, transcript);

        // A terminal is the web channel's local client: an export knows no third channel.
        await inbox.BeginAsync(conversation, IChannel.Web, language, cancellationToken);
        await shown.ShowAsync(cancellationToken);
        while (await Console.In.ReadLineAsync(cancellationToken) is { } line)
        {
            var text = IncomingText.Clean(line);
            transcript.AddCitizen(text);
            await inbox.AcceptAsync(new Incoming(conversation, ids.Next(), ActivityKind.Message, text, null), cancellationToken);
            await shown.ShowAsync(cancellationToken);
        }

        await program.StopAsync(cancellationToken);
        if (repro is not null)
        {
            var begins = language == LocalizedText.DefaultLanguage ? "" : $"@ language {language}\n";
            await File.WriteAllTextAsync(repro.FullName, begins + transcript, cancellationToken);
        }

        return 0;
    }

    private sealed class Listener(IServiceProvider services, string conversation, Transcript transcript)
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
        private int shown;

        internal async Task ShowAsync(CancellationToken cancellationToken)
        {
            await services.GetRequiredService<TurnQueue>().WhenIdleAsync(conversation, Patience, cancellationToken);
            foreach (var activity in services.GetRequiredService<ConversationReader>().ActivitiesAfter(conversation, shown))
            {
                shown = activity.Seq;
                if (activity.Incoming)
                {
                    continue;
                }

                var choices = ActivityExtra.Read(activity.Extra).Choices ?? [];
                transcript.AddBot(activity.Text ?? "", choices);
                Console.WriteLine(activity.Text);
                for (var at = 0; at < choices.Count; at++)
                {
                    Console.WriteLine($"  {at + 1}. {choices[at]}");
                }

                Console.WriteLine();
            }
        }
    }
}
