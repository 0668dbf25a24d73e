using System.Globalization;

namespace OgpBot.Channels.Telegram;

/// <summary>Where a conversation is on Telegram: the bot and the chat. It is all that is kept of a citizen's account.</summary>
internal readonly record struct TelegramAddress(long Bot, long Chat)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bot}:{Chat}");

    internal static TelegramAddress? Read(string? address)
    {
        var parts = address?.Split(':');
        return parts is [var bot, var chat]
            && long.TryParse(bot, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var botId)
            && long.TryParse(chat, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var chatId)
            ? new TelegramAddress(botId, chatId)
            : null;
    }
}
