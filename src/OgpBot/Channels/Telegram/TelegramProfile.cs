using OgpBot.Dialogs;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace OgpBot.Channels.Telegram;

/// <summary>
/// What Telegram shows of the bot before anyone writes: commands and descriptions, in each language. The first language is also for all others.
/// </summary>
internal static class TelegramProfile
{
    private static readonly (string Command, string Text)[] Commands =
    [
        ("start", "host.command_start"),
        ("menu", "host.command_menu"),
        ("estado", "host.command_status"),
        ("aportes", "host.command_mine"),
        ("datos", "host.command_mydata"),
        ("ayuda", "host.command_help"),
        ("cancelar", "host.command_cancel"),
        ("idioma", "host.command_language"),
    ];

    internal static async Task SetAsync(DialogLibrary library, Func<Func<ITelegramBotClient, Task>, Task> call, CancellationToken cancellationToken)
    {
        foreach (var language in library.Texts.Keys.Order(StringComparer.Ordinal).Prepend(null))
        {
            var texts = library.Texts[language ?? LocalizedText.DefaultLanguage];
            var commands = Commands.Select(command => new BotCommand(command.Command, texts.Plain(command.Text))).ToList();
            await call(client => client.SetMyCommands(commands, languageCode: language, cancellationToken: cancellationToken));
            await call(client => client.SetMyDescription(texts.Plain("host.telegram_about"), language, cancellationToken));
            await call(client => client.SetMyShortDescription(texts.Plain("host.telegram_short"), language, cancellationToken));
        }
    }
}
